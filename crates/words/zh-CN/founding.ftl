# 开办：空的台账从花名册开始；演示结束后从这里走。
found-title = 开办
found-what = 先把本单位的花名册交进来：有哪些单位、岗位，现在由谁任职。之后由系统管理员给大家发登录链接，领导小组办公室上传方案。
found-list = 花名册
found-list-hint = .xlsx 或 .csv，一行一个岗位：单位、上级单位、岗位、级别、角色、任职人、起任日期。可以先下载示例，照着改。
found-read = 读取花名册
found-example = 下载示例花名册
found-no-file = 请先选一个文件
found-holds = 读到 { $units } 个单位、{ $posts } 个岗位、{ $people } 人
found-nobody = 没有写明任职人
found-problems = 有 { $count } 处不能用，所在的行没有算进来。可以改好再读一次，也可以先开办，以后补录：
found-go = 就用这份花名册开办

demo-end = 清空演示，导入我们的方案
demo-end-what = 演示的数据会全部丢弃，不能找回；接着从空的台账开始，先导入花名册。您自己的数据目录里如果已经有台账，就回到那本台账。
demo-end-go = 清空，开始用真的
demo-end-stay = 再看看演示
demo-end-kept = 这次演示的数据放在指定的目录里，不会自动清空。看完了：停掉服务，换一个空目录运行 bihuan serve，导入您的方案就是真的。

posts-invite-all = 给还没有账号的人发链接
posts-links = 一次性登录链接
posts-links-hint = 每个链接只能用一次，72 小时内有效；重新生成后旧的作废。打印后裁开，当面交给本人。
posts-links-none = 在任的人都有账号了。

begin-title = 开始之前
begin-what = 还没有采纳方案。照这个顺序走，十来分钟就能开始：
begin-links = 系统管理员：给各岗位的人发一次性登录链接
begin-plan = 领导小组办公室：上传方案，核对分出的问题和任务，采纳
begin-ledger = 领导小组办公室：把手上已有的问题台账导进来
