# 读方案（bihuan plan）
plan-file-unreadable = 无法读取文件{ $file }：{ $why }

plan-supervise-heading = 可督办程度
plan-supervise-none = 没有读出任务，这份方案无从督办。
plan-supervise-tasks = 共{ $tasks }项任务，三样要素（责任单位、时限、成果）齐全的{ $all }项，占{ $percent }%。
plan-supervise-owner = 写明责任单位的{ $n }项，占{ $percent }%
plan-supervise-date = 写明时限或频次的{ $n }项，占{ $percent }%（“定期”“常态化”不算）
plan-supervise-deliverable = 写明成果或完成标准的{ $n }项，占{ $percent }%
plan-supervise-advice = 缺要素的任务无法判断是否逾期、是否完成，交办前应当补齐。

plan-outline-heading = 提纲（{ $n }处）
plan-problems-heading = 问题（{ $n }项）
plan-tasks-heading = 任务（{ $n }项）
plan-targets-heading = 目标（{ $n }项）
plan-stages-heading = 阶段（{ $n }个）
plan-roles-heading = 组织分工（{ $n }条）
plan-rules-heading = 规定（{ $n }条）
plan-conventions-heading = 本文自定的读法（{ $n }条）
plan-unread-heading = 未识别内容（{ $n }处），请人工核对
plan-opening-heading = 标题、文号、前言（{ $n }段）

plan-item = { $id }　{ $text }
plan-problem = { $id }　{ $text }〔{ $code } { $problem }〕
plan-problem-other = { $id }　{ $text }〔不属于十六项问题〕
plan-role = { $id }　{ $role }：{ $who }
plan-stage = { $id }　{ $name }：{ $from }至{ $by }
plan-stage-by = { $id }　{ $name }：{ $by }前
plan-stage-open = { $id }　{ $name }：时间不明

plan-field = 　　{ $label }：{ $value }
plan-field-lead = 牵头
plan-field-coop = 配合
plan-field-resp = 责任
plan-field-leader = 责任领导
plan-field-default = 全文统一责任
plan-field-by = 时限
plan-field-freq = 频次
plan-field-mode = 整改方式
plan-field-deliverable = 成果
plan-field-standard = 完成标准
plan-field-horizon = 目标期限
plan-field-missing = 　　缺：{ $what }
plan-missing-owner = 责任单位
plan-missing-date = 时限
plan-missing-deliverable = 成果
plan-list-separator = 、

plan-freq-daily = 每日
plan-freq-weekly = 每周
plan-freq-biweekly = 每两周
plan-freq-monthly = 每月
plan-freq-monthly-on = 每月{ $day }日前
plan-freq-quarterly = 每季度
plan-freq-half-yearly = 每半年
plan-freq-yearly = 每年
plan-freq-regular = 定期

plan-mode-at-once = 立行立改
plan-mode-within-limit = 限期整改
plan-mode-lasting = 长期坚持

plan-habit-first-comma-leads = 第一个逗号前为牵头单位：{ $text }
plan-habit-first-listed-leads = 列在第一位的为牵头单位：{ $text }
plan-habit-star-leads = 标星号的为牵头单位：{ $text }
plan-habit-default-units = 此后各项任务均由{ $units }负责：{ $text }

plan-why-no-action = { $text }
plan-why-no-columns = （表格没有表头）{ $text }
