# 收：文件和表格的导入。

## 文件种类（填入 document-foreign、table-foreign 的 { $kind }）

file-old-word = 旧版 Word 或 WPS 文件（.doc、.wps）
file-encrypted = 设了打开密码的 Office 文件
file-pdf = PDF 文件
file-image = 图片
file-archive = 压缩包
file-rtf = RTF 文件
file-markup = 网页或 XML 文件
file-xlsx = Excel 工作簿（.xlsx）
file-pptx = 演示文稿（.pptx）
file-opendocument = OpenDocument 文件（.odt、.ods）
file-plain-zip = 不含 Word 文档的压缩包

## 方案文件收不了

document-empty = 文件里没有文字。
document-too-large = 文件超过 { $limit } MiB，请去掉图片后再导入。
document-foreign = 这是{ $kind }，不能直接读取。请另存为 Word 文档（.docx）或纯文本（.txt，UTF-8 或 GB18030 编码）后再导入。
document-too-much-text = 文件的文字超过 { $limit } 字，请分成几个文件导入。
document-state-secret = 文件标有“{ $mark }”。本系统不得存储、处理国家秘密，文件未读入；请按保密规定办理。

text-binary = 这不是文本文件，或者文件已经损坏。请用 Word 文档（.docx）或纯文本重新保存。
text-damaged-utf8 = 文件第 { $line } 行有损坏的字符。请找原件重新保存为 UTF-8 编码后再导入。
text-other-encoding = 文件的编码（像是 { $guess }）读不了。请另存为 UTF-8 或 GB18030 编码后再导入。

package-damaged = 文件已损坏或不完整。请用 Word 或 WPS 打开原件，另存一份 .docx 后再导入。
package-too-many-entries = 文件里有 { $count } 个部件，超过上限 { $limit } 个，不予读取。
package-too-much-inflated = 文件展开后过大（上限 { $limit } MiB），不予读取。
package-bomb = 文件里的“{ $entry }”压缩比异常，可能是恶意文件，不予读取。
package-encrypted = 文件里的“{ $entry }”加了密码。请去掉密码后再导入。
package-bad-name = 文件里有名称异常的部件“{ $entry }”，可能是恶意文件，不予读取。
package-lying-size = 文件里的“{ $entry }”与标称大小不符，文件已损坏或被改动，不予读取。
package-method = 文件里的“{ $entry }”用了不支持的压缩方式。请用 Word 或 WPS 另存一份 .docx 后再导入。
package-no-main-part = 文件里找不到正文。请用 Word 或 WPS 打开原件，另存一份 .docx 后再导入。

xml-malformed = 文件的“{ $part }”部分已损坏。请用 Word 或 WPS 打开原件，另存一份 .docx 后再导入。
xml-dtd = 文件的“{ $part }”部分带有文档类型声明，正常的 Word 文档没有，不予读取。
xml-entity = 文件的“{ $part }”部分带有自定义实体，正常的 Word 文档没有，不予读取。
xml-too-deep = 文件的“{ $part }”部分嵌套超过 { $limit } 层，不予读取。
xml-token-too-long = 文件的“{ $part }”部分有一段超过 { $limit } MiB，不予读取。
xml-too-many-elements = 文件的“{ $part }”部分超过 { $limit } 个元素，请分成几个文件导入。

## 方案文件读后要说明的

note-footnotes = 文件有 { $count } 处脚注或尾注，未计入正文。
note-comments = 文件有 { $count } 条批注，未计入正文。
note-tracked-changes = 文件带有未处理的修订：{ $inserted } 处插入已计入，{ $deleted } 处删除未计入。请核对是否为定稿。
note-pictures = 文件有 { $count } 幅图片，图中的文字没有读取。
note-hidden-text = 文件有 { $count } 段隐藏文字，未计入正文。
note-embedded = 文件嵌入了 { $count } 个其他文件，没有读取。
note-symbols = 文件有 { $count } 个特殊字体的符号无法识别，以“□”代替。
note-number-format = 有一种自动编号格式（{ $format }）不认识，编号以 1、2、3 代替。
note-missing-numbering = 有 { $count } 个段落的自动编号没有定义，未编号。

## 表格收不了

table-empty = 表格里没有内容。
table-too-large = 表格文件超过 { $limit } MiB，请分成几个文件导入。
table-foreign = 这是{ $kind }，不能直接读取。请另存为 CSV 表格（UTF-8 或 GB18030 编码）后再导入。
table-no-header = 没有找到表头，缺少这些列：{ $missing }。
table-column-twice = 表头里“{ $column }”列出现了两次，请只留一列。
table-too-many-columns = 第 { $row } 行超过 { $limit } 列，请检查分隔符。
table-too-many-cells = 表格超过 { $limit } 个单元格，请分成几个文件导入。
table-cell-too-long = 第 { $row } 行有单元格超过 { $limit } 字。
table-open-quote = 第 { $row } 行有引号没有成对，请补全后再导入。

## 表格里有问题的行

row-blank = 第{ $row }行“{ $column }”列：不能为空
row-not-a-day = 第{ $row }行“{ $column }”列：“{ $value }”不是日期
row-unknown-word = 第{ $row }行“{ $column }”列：“{ $value }”不在可填的范围内（{ $allowed }）
row-hidden-character = 第{ $row }行“{ $column }”列：“{ $value }”里有看不见的字符（{ $character }），请删去重填
row-too-long = 第{ $row }行“{ $column }”列：“{ $value }”超过 { $limit } 字
row-repeated = 第{ $row }行“{ $column }”列：“{ $value }”与第{ $first }行重复
row-contradicts = 第{ $row }行“{ $column }”列：“{ $value }”与第{ $first }行所填“{ $said }”不一致
