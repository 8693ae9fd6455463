# 自检用例
words-example = { $what }：{ $count }项
words-value = { $value }
