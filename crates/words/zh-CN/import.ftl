# 导入台账：工作簿、对应列名、逐行检查。

## 文件种类（填入 table-foreign、document-foreign 的 { $kind }）

file-old-excel = 旧版 Excel 或 WPS 表格（.xls、.et）
file-xlsb = 二进制的 Excel 工作簿（.xlsb）
file-docx = Word 文档（.docx）

## 工作簿收不了

table-encrypted = 工作簿设了打开密码。请去掉密码，另存为 .xlsx 后再导入。
table-old-excel = 这是旧版 Excel 或 WPS 表格（.xls、.et）。请用 Excel 或 WPS 另存为 .xlsx 后再导入。
table-no-sheet = 工作簿里没有工作表。
table-no-such-sheet = 工作簿里没有名为“{ $name }”的工作表。
table-too-many-rows = 表格超过 { $limit } 行，请分成几个文件导入。
table-too-much-text = 表格的文字超过 { $limit } MiB，请分成几个文件导入。
table-no-such-cell = 没有这个单元格，或者填写的文字过长。

book-damaged = 工作簿已损坏或不完整。请用 Excel 或 WPS 打开原件，另存一份 .xlsx 后再导入。
book-too-many-entries = 工作簿里有 { $count } 个部件，超过上限 { $limit } 个，不予读取。
book-too-much-inflated = 工作簿展开后过大，不予读取。请只留要导入的工作表，另存一份后再导入。
book-bomb = 工作簿里的“{ $entry }”压缩比异常，可能是恶意文件，不予读取。
book-entry-encrypted = 工作簿里的“{ $entry }”加了密码。请去掉密码后再导入。
book-bad-name = 工作簿里有名称异常的部件“{ $entry }”，可能是恶意文件，不予读取。
book-lying-size = 工作簿里的“{ $entry }”与标称大小不符，文件已损坏或被改动，不予读取。
book-method = 工作簿里的“{ $entry }”用了不支持的压缩方式。请用 Excel 或 WPS 另存一份 .xlsx 后再导入。
book-no-main-part = 文件里找不到工作簿。请用 Excel 或 WPS 打开原件，另存一份 .xlsx 后再导入。
book-malformed = 工作簿的“{ $part }”部分已损坏。请用 Excel 或 WPS 打开原件，另存一份 .xlsx 后再导入。
book-dtd = 工作簿的“{ $part }”部分带有文档类型声明，正常的工作簿没有，不予读取。
book-entity = 工作簿的“{ $part }”部分带有自定义实体，正常的工作簿没有，不予读取。
book-too-deep = 工作簿的“{ $part }”部分嵌套超过 { $limit } 层，不予读取。
book-token-too-long = 工作簿的“{ $part }”部分有一段超过 { $limit } MiB，不予读取。
book-too-many-elements = 工作簿的“{ $part }”部分超过 { $limit } 个元素，请删去空白的行列，或者分成几个文件导入。

## 对应列名

import-title = 问题描述
import-detail = 具体表现
import-problem = 问题类别
import-unit = 涉及单位
import-source = 问题来源
import-found-on = 发现时间
import-remedy = 整改类型
import-owner = 责任人（岗位）
import-due = 完成时限
import-standard = 整改目标
import-measure = 整改措施
import-rule = 制度依据
import-procedure = 程序
import-checking = 核查岗位
import-evidence = 佐证材料
import-id = 标识
import-no-such-field = 没有“{ $key }”这一栏。

## 表格里有问题的行

row-no-such-day = 第{ $row }行“{ $column }”列：“{ $value }”不对，{ $month }月没有{ $day }日
row-unclear-day = 第{ $row }行“{ $column }”列：“{ $value }”分不清是 { $one } 还是 { $other }
row-past = 第{ $row }行“{ $column }”列：“{ $value }”早于今天（{ $today }）
row-future = 第{ $row }行“{ $column }”列：“{ $value }”晚于今天（{ $today }）
row-unknown-unit = 第{ $row }行“{ $column }”列：没有“{ $value }”这个单位
row-unknown-post = 第{ $row }行“{ $column }”列：没有“{ $value }”这个岗位，也没有只任一个岗位的这个人
row-unknown-problem = 第{ $row }行“{ $column }”列：“{ $value }”不是十六项问题中的一项
row-already-there = 第{ $row }行“{ $column }”列：“{ $value }”与台账第 { $matter } 号问题重复
row-failed-formula = 第{ $row }行“{ $column }”列：公式出错（{ $value }）

## 写在单元格旁边的检查结果

cell-blank = 缺“{ $column }”
cell-not-a-day = “{ $value }”不是日期。请写成 2026-02-28 这样的日期
cell-unknown-word = “{ $value }”不在可填的范围内。请填：{ $allowed }
cell-unknown-word-near = “{ $value }”不在可填的范围内。您是不是指：{ $suggestion }
cell-hidden-character = “{ $value }”里有看不见的字符（{ $character }），请删去
cell-too-long = 超过 { $limit } 字
cell-repeated = 与第{ $first }行重复
cell-contradicts = 与第{ $first }行所填“{ $said }”不一致
cell-no-such-day = { $month }月没有{ $day }日。请写成 2026-02-28 这样的日期
cell-no-such-day-near = { $month }月没有{ $day }日。请写成 { $suggestion } 这样的日期
cell-unclear-day = 分不清是 { $one } 还是 { $other }，请写全
cell-past = 时限早于今天（{ $today }）。补录旧账请勾选“历史事项”
cell-future = 晚于今天（{ $today }）
cell-unknown-unit = 没有“{ $value }”这个单位
cell-unknown-unit-near = 没有“{ $value }”。您是不是指：{ $suggestion }
cell-unknown-post = 没有“{ $value }”这个岗位
cell-unknown-post-near = 没有“{ $value }”这个岗位。您是不是指：{ $suggestion }
cell-unknown-problem = “{ $value }”不是十六项问题中的一项
cell-unknown-problem-near = “{ $value }”不是十六项问题中的一项。您是不是指：{ $suggestion }
cell-already-there = 与台账第 { $matter } 号问题重复
cell-failed-formula = 公式出错，请填写文字或者日期

cell-understood = 已把“{ $value }”认作{ $understood }
cell-understood-no-day = “{ $value }”没有日期，按未定时限导入
cell-only-first = “{ $value }”有几个名称，只取第一个：{ $understood }
