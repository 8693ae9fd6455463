## 签名文本：检查点、回执、见证

trust-note-malformed = 这不是签名文本
trust-note-too-large = 签名文本过大，不予读取
trust-note-unsigned = 没有任何已知密钥的签名
trust-signature-wrong = “{ $name }”的签名与文本不符：文本被改动，或由他人所签
trust-bad-key = 不是“名称+编号+Base64”形式的密钥，或其种类本系统不认识
trust-signer-failed = 签名程序“{ $program }”未给出签名：{ $detail }
