# 上传与程序接口

evidence-empty = “{ $file }”是空文件，没有收下；请看一下选对了没有
evidence-too-large = “{ $file }”太大，没有收下：佐证单个文件不超过 { $most } MB；请压缩或者只截取有关的部分
evidence-kind = “{ $file }”这种文件不收；能作佐证的是：{ $kinds }
evidence-not-what-it-says = “{ $file }”的内容和扩展名对不上，没有收下；请用原来的程序另存后再传（{ $kinds }）

upload-too-large = 选的文件太大，还没有上传：单个不超过 { $most } MB
upload-lost = 没有传上去：网络断了或者服务没有应答。您写的都还在，请再点一次

unmoved-title = 您写的没有存上，原样留在这里
unmoved-hint = 这件事已经走到别的环节，这一步现在办不了。请复制要留的内容，看过最新情况再办。

api-body-too-large = 一次最多上传 40 MB；请分几次上传
api-not-json = 请求体应为 JSON：请求头写 Content-Type: application/json
api-not-multipart = 上传文件请用 multipart/form-data
api-one-file = 一次上传一个文件（multipart 中带 filename 的部分）
api-no-evidence-now = 这件事现在没有要您交佐证的环节，文件没有收下
api-member-unknown = 没有“{ $name }”这一项
api-member-kind = “{ $name }”的写法不对，请对照 /api/openapi.json
api-evidence = “{ $name }”每项写 system 和 reference，或者写上传后得到的 id、plain、name
api-evidence-unknown = “{ $name }”里有一个文件不在账中，或者 plain 不是它的校验值；请先上传
api-evidence-name = “{ $name }”里有一个文件的名称和内容对不上；请用上传时的名称
api-key-used = 这个 Idempotency-Key 已经用在别的请求上；新的请求请换一个
api-no-such-tile = 账中没有这一片：{ $path }

me-token-ends = { $day } 失效
