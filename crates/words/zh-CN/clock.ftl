# 期限计算（bihuan clock）和节假日安排
clock-provisional-mark = 暂定
clock-provisional-note = 期限涉及的年份，放假安排通知尚未收录（已收录{ $first }年至{ $last }年），暂按周末和已知的法定节假日计算，导入通知后重新计算。
clock-heading = 自{ $start }起算{ $length }，到期日{ $due }；{ $roll }

clock-length-wd = { $n }个工作日
clock-length-nd = { $n }日
clock-length-month = { $n }个月

clock-roll-none = 到期日不顺延
clock-roll-statutory = 到期日遇法定休假日顺延（民法典第二百零三条）
clock-roll-any-day-off = 到期日遇法定休假日或周末顺延
clock-roll-working-days = 按工作日计算，不涉及顺延

clock-start-day = 开始当日，不计入（民法典第二百零一条）
clock-working-day = 工作日
clock-swapped-working-day = 调休上班（{ $name }）
clock-weekend = 周末，不计
clock-statutory-off = 放假（{ $name }），不计
clock-natural-day = 计入
clock-month-passed = 满月
clock-month-end = 满月（当月没有对应日，以月末日为准）
clock-last-day-off = 最后一日放假（{ $name }），顺延
clock-last-day-weekend = 最后一日是周末，顺延
clock-moved-to = 休假结束后的第一天，期限到此届满

weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日

feast-new-year = 元旦
feast-spring-festival = 春节
feast-qingming = 清明节
feast-labour-day = 劳动节
feast-dragon-boat = 端午节
feast-mid-autumn = 中秋节
feast-national-day = 国庆节
feast-national-day-and-mid-autumn = 国庆节、中秋节

not-a-day = “{ $text }”不是日期。请写成年-月-日，如2026-09-18，年份在1900至2199之间。
not-a-length = “{ $text }”不是期限。请写1至65535的整数加单位：5wd（5个工作日）、15d（15日）或1m（1个月）。
not-a-roll = “{ $text }”不是顺延规则。可用：none（不顺延）、statutory（遇法定休假日顺延）、any-day-off（遇法定休假日或周末顺延）。
clock-beyond = 自{ $start }起算{ $length }，超出本系统能计算的最后一天（{ $last }）。

notice-header = 第{ $line }行：表头是“{ $text }”，应为“date,kind,name”。
notice-columns = 第{ $line }行：“{ $text }”不是三列。每行应为“日期,off或work,节日名称”。
notice-day = 第{ $line }行：“{ $text }”的第一列不是日期，应写成2027-01-01的样子。
notice-kind = 第{ $line }行：“{ $text }”的第二列应为off（放假）或work（上班）。
notice-name = 第{ $line }行：“{ $text }”的节日名称为空或过长（不超过40个字）。
notice-twice = 第{ $line }行：“{ $text }”的日期前面已经出现过。
notice-empty = 第{ $line }行：表中没有任何日期。{ $text }
