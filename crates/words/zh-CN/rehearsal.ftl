# 演练的结果
outcome-done = 已办理（{ $count }条记录）
outcome-matter = 事项{ $no }：{ $stage }
outcome-due = ，期限{ $due }（首次期限{ $first }）
outcome-due-provisional = ，期限{ $due }（暂定，首次期限{ $first }）
outcome-campaign = 专项{ $no }：问题{ $problems }项，任务{ $tasks }项
outcome-slip = 督办单{ $no }：{ $stage }
outcome-refused = 不准：{ $why }
outcome-missed = 事项{ $no }：{ $limit }{ $due }已过
outcome-recomputed = 事项{ $no }：{ $limit }按新的放假安排改为{ $due }
outcome-suspension-lapsed = 事项{ $no }：挂起的检查日已过，请研究是否恢复
outcome-drafted = 督办单{ $no }：拟向{ $post }发{ $grade }（事项{ $matters }），待签发
outcome-handover-missed = { $post }：交接应于{ $due }前确认，尚未确认

rehearsal-no-file = 读不到文件“{ $file }”：{ $why }
rehearsal-day-goes-back = 日期{ $day }早于上一行的{ $before }；脚本按日期先后书写
rehearsal-stumble = 脚本第{ $line }行：{ $why }
rehearsal-expected = 与脚本预期不符，预期：{ $expected }
rehearsal-day = { $day } 日检
rehearsal-summary = 演练结束：办理{ $lines }行，其中按规则不准{ $refused }行，与预期不符{ $unexpected }行；写入日志{ $entries }条，待签发督办单{ $unsigned }件。
rehearsal-reading = 演练脚本：{ $file }
rehearsal-data = 数据目录：{ $dir }

city-lived = 全市运行{ $days }个工作日：办理{ $acts }次（其中按规则不准{ $refused }次），写入日志{ $entries }条，待签发督办单{ $unsigned }件
rehearsal-city = 全市运行的写法是：日期 系统 全市运行 天数 种子（天数不超过400）；读到的是“{ $found }”
