# 演示：六件说得清来龙去脉的事。
demo-case-1-title = 资格认证往返三次
demo-case-1-what = 热线转来，交办后两次推诿，由领导小组办公室指定；现在等第二位核查人给结论。
demo-case-2-title = 欠薪投诉七十二天未答复
demo-case-2-what = 立行立改的期限早已超过，催办、黄单、红单依次签发，承办岗位仍未办完。
demo-case-3-title = 十一点二十分停号
demo-case-3-what = 暗访发现，三天改好销号；三十天后回头看又犯，按原编号重开。
demo-case-4-title = 养老金承诺未当月到账
demo-case-4-what = 拿公开承诺与发放清单逐条比对查出，整改中批准延期一次，原期限照样留着。
demo-case-5-title = 工伤复核遗留案
demo-case-5-what = 前任答应、后任不认的旧账；承办岗位刚刚换人，事项不动，交接待确认。
demo-case-6-title = 扩岗补助自设门槛
demo-case-6-what = 文件比对查出，核查退回一次后直送，两人核查通过，等待销号。
demo-not-empty = 台账里已有{ $count }条记录，演示只在空台账上开始。
