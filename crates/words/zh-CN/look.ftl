# 版面：短标签、单位、打印件上的字样
look-menu = 菜单
look-day-year = { $year }年{ $month }{ $day }日 { $weekday }
look-waited = { $days ->
    [0] 今天到
   *[other] 已等 { $days } 天
}
look-count-unit = { $count ->
   *[other] 件
}
look-share-of = { $part } / { $all } 件
look-key-space = 空格
look-seq = 第 { $seq } 条
look-leaf = 指纹 { $hash }
look-print-matter = 打印事项单
look-sheet = 事项单
look-sheet-printed = { $who }　{ $day } 打印
look-sheet-check = 每一步后面是它在账里的条号和指纹。打印时账里共 { $size } 条，日志树头 { $root }。到“留痕核验”页按条号可以核对。
look-ledger-printed = 截至 { $day }，共 { $total } 件，本页 { $shown } 件
told-standard = 标准
told-rule = 制度
told-procedure = 程序
told-checking = 检查
told-evidence = 佐证形式
told-percent = 完成进度
told-proposed = 建议承办
told-decline-rule = 依据
told-back-to = 退回到
told-into = 并入
look-weekday-1 = 星期一
look-weekday-2 = 星期二
look-weekday-3 = 星期三
look-weekday-4 = 星期四
look-weekday-5 = 星期五
look-weekday-6 = 星期六
look-weekday-7 = 星期日
told-returns = 累计退回
look-due = 整改期限
look-ledger-new = 台账还是空的
look-ledger-new-hint = 先读一份方案，看它能分出什么；或者直接新建一件事项。
look-until-now = 至今
