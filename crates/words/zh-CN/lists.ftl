# 整改台账：办理状态与排序
standing-overdue = 超期
standing-near = 临期
standing-on-plan = 正常
standing-with-checkers = 待核查
standing-closed = 已销号
standing-pending = 待交办
standing-ended = 已终结
sort-urgency = 按紧急程度
sort-number = 按编号
sort-problem = 按问题
sort-unit = 按单位
sort-stage = 按阶段
sort-due = 按期限
sort-changed = 按最近办理
