# 事项、专项、督办单：环节、操作、期限、灯色和分类的名称。
stage-none = 尚未建立
stage-listed = 已查摆，待核实
stage-not-upheld = 查否
stage-confirmed = 已核实，待交办
stage-assigned = 已交办，待签收
stage-returned = 异议退回，待研究
stage-accepted = 已签收，待定措施
stage-planned = 措施已定
stage-rectifying = 整改中
stage-reported = 已报结，待派核查
stage-under-check = 核查中
stage-passed = 核查通过，待销号
stage-closed = 已销号，待回头看
stage-consolidated = 巩固关闭
stage-suspended = 挂起
stage-merged = 已并案
stage-referred = 已移送
stage-cancelled = 已撤销
stage-campaign-running = 专项进行中
stage-campaign-closed = 专项已结束
stage-self-check = 已开展过自查
stage-no-self-check = 没有进行中的自查

slip-drafted = 待签发
slip-dropped = 不发
slip-signed = 已签发
slip-objected = 有异议，待裁定
slip-decided = 异议已裁定

# 历史记录属于哪一类
stream-office = 机构和人员
stream-basis = 参数和日历
stream-campaign = 专项行动
stream-matter = 事项
stream-slip = 督办单
stream-any = 记录归属

command-list = 查摆
command-confirm = 核实
command-refute = 查否
command-assign = 交办
command-accept = 签收
command-decline = 异议退回
command-set-measure = 定措施
command-progress = 报进展
command-keep-checkpoint = 报检查点
command-report-done = 报结
command-name-checkers = 派核查
command-check = 核查
command-send-back = 退回
command-resubmit = 直送
command-close = 销号
command-look-back = 回头看
command-reopen = 重开
command-suspend = 挂起
command-resume = 恢复
command-extend = 延期
command-transfer = 转办
command-hand-back = 交回
command-merge = 并案
command-refer = 移送
command-cancel = 撤销
command-recuse = 回避
command-day-began = 日检
command-recount = 重算期限

command-adopt = 采用方案
command-open-self-check = 开展自查
command-report = 报自查问题
command-report-none = 报自查无问题
command-close-self-check = 结束自查
command-change-scope = 调整范围
command-close-campaign = 结束专项

command-draft-slip = 起草督办单
command-sign-slip = 签发督办单
command-drop-slip = 不发督办单
command-object = 提出异议
command-decide-objection = 裁定异议

limit-sign = 签收期限
limit-plan = 定措施期限
limit-rectify = 整改期限
limit-check = 核查期限
limit-look-back = 回头看日期

light-grey = 灰灯（挂起）
light-green = 绿灯（正常）
light-blue = 蓝灯（临期）
light-yellow = 黄灯（滞后）
light-red = 红灯（超期）

grade-note = 到期提示
grade-urge = 催办
grade-yellow = 黄单
grade-red = 红单
grade-talk = 约谈

authority-internal = 内部督办
authority-trade = 行业监督
authority-fund = 基金行政监督
authority-designated = 受指定政府督查

source-self-check = 自查
source-citizens = 群众反映
source-hotline = 12345热线
source-inspection = 巡察
source-audit = 审计
source-unannounced-visit = 暗访
source-screening = 数据筛查
source-accusation = 检举控告

remedy-at-once = 立行立改
remedy-within = 限期整改
remedy-standing = 长期坚持

step-sign = 重新签收
step-plan = 重定措施
step-rectify = 退回整改

pause-awaiting-superior = 等上级答复
pause-legal-procedure = 司法、复议程序中
pause-needs-law-or-budget = 需立法或者编制、经费
pause-force-majeure = 不可抗力

marking-public = 公开
marking-internal = 内部
marking-work-secret = 工作秘密
