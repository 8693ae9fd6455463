# 导入台账：上传、对应列名、逐行检查、导入、撤销。

menu-import = 导入台账

import-title-page = 导入台账
import-hint = 把现有的整改台账、问题清单导入系统，逐行检查，好的先进，有问题的改了再进
import-steps = 导入的步骤
import-step-file = 上传文件
import-step-columns = 对应列名
import-step-rows = 逐行检查
import-step-in = 导入
import-undoable = 24 小时内可撤销
import-template = 下载模板
import-other-file = 换一个文件
import-and = 、
import-comma = ，

## 上传

import-file = 台账文件
import-accepted = 可以收 .xlsx 工作簿和 .csv 表格；表头在前 30 行内即可，列的先后不限
import-read = 上传并读取
import-nothing-yet = 上传后先看一遍，没有点“导入”之前，什么也不会写进台账。
import-no-file = 没有选文件。
import-about = { $file } · { $rows } 行
import-about-sheet = { $file } · 工作表“{ $sheet }” · { $rows } 行
import-sheet = 工作表
import-take-sheet = 改读这张表

## 对应列名

import-known = 表头在第 { $row } 行，{ $all } 列里自动对上 { $known } 列
import-nameless = 第 { $no } 列（没有列名）
import-no-field = 不导入
import-twice = “{ $field }”对应了两列，只能留一列
import-missing = 还没有对应的列：{ $fields }
import-missing-hint = 请在下面选出对应的列；表里确实没有这一列的，在“全表统一”里指定一个值
import-for-all = 全表统一
import-campaign = 归入的专项行动
import-no-campaign = 不归入专项行动
import-defaults-hint = 表里没有这一列时，每一行都按这里填的算；有这一列时以表里为准
import-by-row = 以表里为准
import-historical = 历史事项
import-historical-hint = 补录旧账：时限可以早于今天，没写年份的日期按过去认
import-hand-out = 内容齐全的行直接交办
import-hand-out-hint = 责任人、整改类型或时限、五有（制度、程序、标准、核查岗位、佐证）都写明的行，列入后随即核实并交办；不勾选则只列入，等核实
import-check = 逐行检查

## 逐行检查

import-sum-good = { $count } 行可以导入
import-sum-bad = { $count } 行需要改
import-sum-duplicate = { $count } 行疑似重复
import-sum-known = { $count } 行是台账里已有的（按标识认出）
import-sum-skipped = { $count } 行已跳过
import-sum-taken = { $count } 行已导入
import-will-list = 导入后，{ $listed } 行都列入台账，等待核实，还不会交办给任何岗位。不改也行：先导入好的，其余下载带批注的表格改了再传。
import-will-hand-out = 导入后，{ $handed } 行核实并交办给责任岗位（交办的只能由领导小组撤销），{ $listed } 行只列入台账等待核实。
import-nothing-good = 现在没有可以导入的行；改好的行会立即重新检查。
import-take = 导入 { $count } 行
import-rest = 下载带批注的表格
import-view-todo = 需要处理
import-view-noted = 有认读说明
import-view-good = 可以导入
import-view-all = 全部
import-none-here = 这里没有要处理的行
import-row = 行
import-row-no = 第 { $row } 行
import-verdict = 检查结果
import-cell-of = 第 { $row } 行“{ $column }”
import-recheck = 重新检查
import-previous = 上一页
import-page = 第 { $page } / { $last } 页
import-back-to-columns = 回到对应列名
import-use = 采用
import-compare = 对比
import-skip = 跳过
import-anyway = 不是重复，照样导入
import-undecide = 撤回这个决定
import-good = 检查通过
import-good-again = 已修改，检查通过
import-good-anyway = 检查通过，按不重复导入
import-bad = 有单元格需要改
import-skipped = 已跳过，不导入
import-is-known = 不是新的，就是台账里的
import-is-in = 已导入
import-goes-to = 将交办给 { $post }
import-only-listed-lacks = 只列入，不交办：没有写明{ $fields }
import-only-listed-refused = 只列入，不交办：{ $why }

## 导入以后

import-done-title = 导入结果
import-at = 导入时间 { $moment }
import-done = 已导入 { $count } 行
import-undone = 已撤销 { $withdrawn } 件
import-not-in = 还有 { $count } 行没有导入
import-not-in-hint = 下载的表格与原表同样的列，错的单元格带批注；改好后可以再传，也可以回到逐行检查接着改。
import-correct = 接着改
import-matters = 导入的事项
import-more = 另有 { $count } 件，请到整改台账里看
import-recent = 24 小时内导入的
import-past = { $moment } 导入 { $count } 件
import-withdrawn = 已撤销 { $count } 件
import-past-gone = 没有这次导入：超过 24 小时，或者不是您导入的

## 撤销导入

import-undo-title = 撤销这次导入
import-undo-until = { $until } 之前可以整批撤销，过程留痕：
import-undo-what = 仍停在导入时那一步的 { $count } 件退出台账（只列入的按“查否”处理，已交办的按“撤销”处理，理由写明是撤销导入）
import-undo-handed = 已经交办的 { $handed } 件要由有撤销权限的岗位（分管领导、组长）来撤销
import-undo-moved = 已有人接着办的 { $moved } 件不动，请逐件处理
import-undo-none = 没有您可以整批撤销的事项
import-undo-office = 撤销由督查科（领导小组办公室）的岗位来做。
import-undo = 撤销 { $count } 件
import-undo-reason = 撤销整批导入

## 命令行

cli-imported-matters = 已导入 { $rows } 行，{ $problems } 行有问题没有导入或没有办完，{ $known } 行是台账里已有的；写入 { $entries } 条记录。
cli-would-import-matters = 试读：{ $rows } 行可以导入，{ $problems } 行有问题，{ $known } 行是台账里已有的；没有写入。
cli-import-in-file = { $file }：{ $said }
cli-import-in-sheet = { $file }（{ $sheet }）：{ $said }
cli-import-row = 第{ $row }行：{ $why }
cli-import-remark = 第{ $row }行“{ $column }”列：{ $what }
cli-import-unlisted = 另有 { $count } 处问题和说明没有列出
cli-import-unknown = 不认识“{ $text }”：来源要用台账里的说法（自查、12345、巡察等），单位要用全称，问题类别要用 P11 到 P44 的编号
