## 账：核验时发现的问题。{ $place } 是位置，如 #12（第12号记录）

ledger-gap = { $place }：编号不连续，此处应为第 { $expected } 号记录
ledger-leaf-too-large = { $place }：记录超过16 KiB，不是本系统写入的
ledger-leaf-not-canonical = { $place }：记录的写法不合规范（RFC 8785），内容可能被改动
ledger-hash-wrong = { $place }：内容与哈希值不符，已被改动
ledger-member-wrong = { $place }：“{ $member }”缺失或与前后记录对不上
ledger-version-unknown = { $place }：格式版本“{ $version }”本程序不认识，请换用能读该版本的程序
ledger-event-unreadable = { $place }：本程序读不懂类型为“{ $type }”的事件（{ $detail }），请换用更新的程序
ledger-command-cut = { $place }：一次操作的记录在此中断，不完整
ledger-history-broken = { $place }：与此前的经过矛盾：{ $reason }
ledger-missing = { $place }：应有而没有
ledger-extra = { $place }：多出来的，账中没有依据
ledger-differs = { $place }：与账中记录推算的结果不一致
ledger-unopened = { $place }：密文解不开，已被改动或密钥不对
ledger-foreign = { $place }：不属于这里，与账中的承诺值不符
ledger-key-missing = { $place }：密钥不见了，又没有依法删除的记载
ledger-plain-differs = { $place }：文件原文与事件中承诺的哈希值不符
ledger-unreadable = { $place }：读不出来（{ $detail }）

## 账打不开、存不进

ledger-file = 文件 { $path } 读写失败：{ $detail }
ledger-database = 数据库操作失败（{ $doing }）：{ $detail }
ledger-locked = 另一个程序正在使用这个账（{ $path }）
ledger-already-there = { $path } 已经存在，不能在这里新建账
ledger-not-there = 找不到 { $path }
ledger-wrong-kek = 主密钥不是这个账的主密钥
ledger-bad-kek = 主密钥应为32字节，写成十六进制或 Base64
ledger-no-chance = 系统没有给出随机数：{ $detail }
ledger-bad-subject = “{ $subject }”不是有效的密钥主体
ledger-file-too-large = 文件太大（{ $size } 字节），不能存入
ledger-no-such-entry = 账中没有第 { $seq } 号记录
ledger-erased = { $subject } 的内容已依法删除

## 操作没有办成

ledger-busy = 系统正忙，请稍后再试
ledger-conflict = 在您操作之前，情况已有变化（现为第 { $newest } 版），请看过最新情况再办
ledger-read-only = 磁盘已满，暂时只能查看；请管理员清理后恢复
ledger-stopped = 存储发生故障，已停止写入；请管理员重新启动并核验
ledger-too-large = 内容过长（{ $size } 字节），请精简或改为附件
ledger-bad-id = 请求编号应为1至64个字母、数字或 . _ : -
ledger-bad-event = 程序缺陷：这个事件不能入账（{ $detail }），没有写入任何内容
ledger-broken-rules = 程序缺陷：规则产生了自相矛盾的事件（{ $reason }），没有写入任何内容
