# Founding: an empty ledger begins with the staff list; the way on after a demonstration.
found-title = Found the office
found-what = First the staff list of your bureau: which units and posts there are, and who holds them now. After that the system administrator hands out sign-in links and the campaign office uploads the plan.
found-list = Staff list
found-list-hint = .xlsx or .csv, one post a row: 单位 unit, 上级单位 parent unit, 岗位 post, 级别 rank, 角色 roles, 任职人 holder, 起任日期 since. Download the example and write over it.
found-read = Read the staff list
found-example = Download an example
found-no-file = Choose a file first
found-holds = { $units } units, { $posts } posts and { $people } people were read
found-nobody = nobody named
found-problems = { $count } cells cannot be used, and their rows were left out. Correct them and read the list again, or found the office now and enter them later:
found-go = Found the office with this list

demo-end = End the demonstration and import our plan
demo-end-what = All data of the demonstration are thrown away for good. You then begin with an empty ledger and your staff list. If your own data folder holds a ledger already, you come back to that one.
demo-end-go = Clear it and begin in earnest
demo-end-stay = Look around a little more
demo-end-kept = The data of this demonstration lie in a folder that was named, so they are not cleared by themselves. When you have seen enough: stop the server and run bihuan serve on an empty folder.

posts-invite-all = Make links for everyone without an account
posts-links = One-time sign-in links
posts-links-hint = Each link works once, within 72 hours; a new one voids the one before. Print, cut, and hand each to its person.
posts-links-none = Everyone in office has an account.

begin-title = Before you begin
begin-what = No plan is adopted yet. In this order it takes some ten minutes:
begin-links = System administrator: hand out one-time sign-in links
begin-plan = Campaign office: upload the plan, look over its problems and tasks, adopt it
begin-ledger = Campaign office: import the ledger of problems you already keep
