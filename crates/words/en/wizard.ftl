# Importing a ledger: upload, columns, rows, import, undoing.

menu-import = Import

import-title-page = Import a ledger
import-hint = Bring a ledger or a list of problems in: each row is checked, good ones go in, the others are corrected first
import-steps = Steps of the import
import-step-file = Upload
import-step-columns = Columns
import-step-rows = Rows
import-step-in = Import
import-undoable = can be undone for 24 hours
import-template = Template
import-other-file = Another file
import-and = {", "}
import-comma = {", "}

## Upload

import-file = Ledger
import-accepted = Workbooks (.xlsx) and tables (.csv) are accepted; the header stands in the first 30 rows, the columns in any order
import-read = Upload and read
import-nothing-yet = You look it over first. Until you press “Import”, nothing is written to the ledger.
import-no-file = No file was chosen.
import-about = { $file } · rows: { $rows }
import-about-sheet = { $file } · worksheet “{ $sheet }” · rows: { $rows }
import-sheet = Worksheet
import-take-sheet = Read this one

## Columns

import-known = header in row { $row }; { $known } of { $all } columns were recognised
import-nameless = Column { $no } (no name)
import-no-field = not imported
import-twice = “{ $field }” was given to two columns; only one can be it
import-missing = No column is: { $fields }
import-missing-hint = Choose the column below; where the table really has none, give one value under “All rows”
import-for-all = All rows
import-campaign = Campaign
import-no-campaign = no campaign
import-defaults-hint = Used for every row where the table has no such column; a column that is there is read
import-by-row = as the table says
import-historical = Old matters
import-historical-hint = For entering an old ledger: limits may have passed, and days without a year are read as past ones
import-hand-out = Hand out rows that say everything
import-hand-out-hint = Rows with an owner, a remedy or a limit, and the five haves (rule, procedure, standard, checking post, evidence) are confirmed and handed out at once; without the tick all rows are only listed
import-check = Check the rows

## Rows

import-sum-good = { $count } can go in
import-sum-bad = { $count } need correcting
import-sum-duplicate = { $count } look like duplicates
import-sum-known = { $count } are in the ledger already (by their id)
import-sum-skipped = { $count } skipped
import-sum-taken = { $count } are in
import-will-list = { $listed } will be listed and wait to be confirmed; nothing is handed out yet. You can import the good ones now and download the rest with notes, correct it and upload it again.
import-will-hand-out = { $handed } will be confirmed and handed out to their owners (only the leading group can cancel those), { $listed } only listed.
import-nothing-good = No row can go in yet; a corrected row is checked again at once.
import-take = Import { $count }
import-rest = Download with notes
import-view-todo = To do
import-view-noted = Understood
import-view-good = Can go in
import-view-all = All
import-none-here = No rows here
import-row = Row
import-row-no = Row { $row }
import-verdict = Result
import-cell-of = Row { $row }, { $column }
import-recheck = Check again
import-previous = Previous
import-page = Page { $page } of { $last }
import-back-to-columns = Back to the columns
import-use = Use it
import-compare = Compare
import-skip = Skip
import-anyway = No duplicate, import it
import-undecide = Take this decision back
import-good = Good
import-good-again = Corrected, good
import-good-anyway = Good, not taken for a duplicate
import-bad = Some cells need correcting
import-skipped = Skipped, stays out
import-is-known = Not new; it is
import-is-in = Is in:
import-goes-to = Will be handed out to { $post }
import-only-listed-lacks = Only listed, not handed out: it does not say { $fields }
import-only-listed-refused = Only listed, not handed out: { $why }

## After the import

import-done-title = Import
import-at = Imported on { $moment }
import-done = Imported: { $count }
import-undone = Withdrawn: { $withdrawn }
import-not-in = { $count } did not go in
import-not-in-hint = The download has the columns of your file and a note in each bad cell; correct it and upload it again, or go on correcting here.
import-correct = Go on correcting
import-matters = Imported matters
import-more = { $count } more; see the ledger
import-recent = Imported in the last 24 hours
import-past = { $moment }: { $count } imported
import-withdrawn = { $count } withdrawn
import-past-gone = There is no such import: it is older than 24 hours, or not yours

## Undoing an import

import-undo-title = Undo this import
import-undo-until = Until { $until } the import can be undone as a whole; all of it stays on record:
import-undo-what = { $count } still stand where the import left them and leave the ledger (those only listed as not upheld, those handed out as cancelled, with the reason that the import was undone)
import-undo-handed = { $handed } were handed out already and can be withdrawn by a post that may cancel (deputy in charge, head)
import-undo-moved = { $moved } that somebody has gone on with stay, and are to be dealt with one by one
import-undo-none = There is nothing that you can undo as a whole
import-undo-office = Undoing is done by a post of the supervision section (campaign office).
import-undo = Undo { $count }
import-undo-reason = The import was undone

## Command line

cli-imported-matters = { $rows } rows imported, { $problems } with a fault not imported or not finished, { $known } in the ledger already; { $entries } entries written.
cli-would-import-matters = Dry run: { $rows } rows could be imported, { $problems } have a fault, { $known } are in the ledger already; nothing written.
cli-import-in-file = { $file }: { $said }
cli-import-in-sheet = { $file } ({ $sheet }): { $said }
cli-import-row = row { $row }: { $why }
cli-import-remark = row { $row }, “{ $column }”: { $what }
cli-import-unlisted = { $count } more faults and remarks are not listed
cli-import-unknown = “{ $text }” is not known: a source is one of the office's words for it, a unit is named in full, a kind of problem is P11 to P44
