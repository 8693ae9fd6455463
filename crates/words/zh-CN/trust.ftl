## 签名文本：检查点、回执、见证

trust-note-malformed = 这不是签名文本
trust-note-too-large = 签名文本过大，不予读取
trust-note-unsigned = 没有任何已知密钥的签名
trust-signature-wrong = “{ $name }”的签名与文本不符：文本被改动，或由他人所签
trust-no-quorum = 见证数未达到规则要求，目前已见证：{ $witnesses }
trust-bad-key = 不是“名称+编号+Base64”形式的密钥，或其种类本系统不认识
trust-signer-failed = 签名程序“{ $program }”未给出签名：{ $detail }
trust-bad-policy = 见证规则第 { $line } 行无法识别

## 查验检查点的结果；{ $place } 指明是哪一个

trust-checkpoint-unsigned = { $place }：没有任何已知密钥的签名
trust-checkpoint-wrong = { $place }：“{ $name }”的签名不符，检查点被改动或由他人所签
trust-checkpoint-few = { $place }：见证数未达到规则要求，目前已见证：{ $witnesses }
trust-rewound = 账本不含此前已签名的检查点（{ $known } 条）：账本系由旧备份恢复或被改动。可以查看，不再写入
trust-checkpoints = 账本包含全部 { $count } 个对照的检查点。
trust-witnessed = { $size } 条处的检查点符合见证规则：见证数已足够。

## 导出

trust-tiles = 切片已写入“{ $dir }”：{ $files } 个文件，{ $bytes } 字节
trust-qr-too-long = 文本有 { $bytes } 字节，一个二维码最多容纳 { $most } 字节

## 见证

help-witness = 见证：为只增不改的账本副署，或收下副署
trust-witness-ready = 见证服务已就绪：{ $url }/add-checkpoint
trust-no-witness-key = “{ $dir }”中还没有密钥；请先用 bihuan witness key --name 名称 生成
trust-log-known = 本见证方今后见证账本 { $origin }。
trust-taken = 已收下 { $size } 条处检查点的副署。
trust-fits-none = 副署与近期任何检查点都不符：见证方不在规则之内，或所签的是另一本账
trust-witness-bad = 这不是提交见证的请求
trust-witness-unknown-log = 本见证方未登记该账本；请先用 bihuan witness trust 登记
trust-witness-unsigned = 该检查点没有账本已知密钥的签名
trust-witness-conflict = 此处最近见证到 { $size } 条；请从该处重新提出：bihuan export request --old { $size }
trust-witness-forked = 账本在已见证的规模上出示了另一棵树，即两种历史，不予副署
trust-witness-unproven = 证明不足以说明账本只增不改，不予副署

## 一条账目的页面

trust-receipt = 下载回执
trust-receipt-code = 回执二维码
trust-receipt-hint = 不依赖本系统即可证明该账目在已签名的检查点之内；账目若丢失，持有回执的人就能发现。
trust-no-receipt-yet = 一分钟内签出下一个检查点后，即可下载本账目的回执。
