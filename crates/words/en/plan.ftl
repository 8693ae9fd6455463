# Reading a plan (bihuan plan)
plan-file-unreadable = Cannot read the file { $file }: { $why }

plan-supervise-heading = Fit to be supervised
plan-supervise-none = No task was found: there is nothing in this plan that could be supervised.
plan-supervise-tasks = { $tasks ->
    [one] One task
   *[other] { $tasks } tasks
}; { $all } of them ({ $percent }%) with all three of owner, date and deliverable.
plan-supervise-owner = { $n } name a responsible unit ({ $percent }%)
plan-supervise-date = { $n } give a date or a frequency ({ $percent }%; “regularly” does not count)
plan-supervise-deliverable = { $n } name a deliverable or a standard ({ $percent }%)
plan-supervise-advice = Nobody can tell whether a task without these is late or done; complete them before handing it out.

plan-outline-heading = Outline ({ $n })
plan-problems-heading = Problems ({ $n })
plan-tasks-heading = Tasks ({ $n })
plan-targets-heading = Targets ({ $n })
plan-stages-heading = Stages ({ $n })
plan-roles-heading = Roles ({ $n })
plan-rules-heading = Rules ({ $n })
plan-conventions-heading = What the document says about reading it ({ $n })
plan-unread-heading = Not understood ({ $n }); please check by hand
plan-opening-heading = Title, number and preamble ({ $n })

plan-item = { $id }  { $text }
plan-problem = { $id }  { $text } [{ $code } { $problem }]
plan-problem-other = { $id }  { $text } [none of the sixteen problems]
plan-role = { $id }  { $role }: { $who }
plan-stage = { $id }  { $name }: { $from } to { $by }
plan-stage-by = { $id }  { $name }: by { $by }
plan-stage-open = { $id }  { $name }: no date

plan-field = {"    "}{ $label }: { $value }
plan-field-lead = leads
plan-field-coop = co-operates
plan-field-resp = responsible
plan-field-leader = leader in charge
plan-field-default = responsible throughout
plan-field-by = by
plan-field-freq = how often
plan-field-mode = manner
plan-field-deliverable = deliverable
plan-field-standard = standard
plan-field-horizon = outcome by
plan-field-missing = {"    "}missing: { $what }
plan-missing-owner = owner
plan-missing-date = date
plan-missing-deliverable = deliverable
plan-list-separator = {", "}

plan-freq-daily = daily
plan-freq-weekly = weekly
plan-freq-biweekly = every two weeks
plan-freq-monthly = monthly
plan-freq-monthly-on = monthly, by day { $day }
plan-freq-quarterly = quarterly
plan-freq-half-yearly = every half year
plan-freq-yearly = yearly
plan-freq-regular = regularly

plan-mode-at-once = at once
plan-mode-within-limit = by a day
plan-mode-lasting = keep up

plan-habit-first-comma-leads = Units before the first comma lead: { $text }
plan-habit-first-listed-leads = The unit listed first leads: { $text }
plan-habit-star-leads = A unit marked with a star leads: { $text }
plan-habit-default-units = { $units } answer for every later task: { $text }

plan-why-no-action = { $text }
plan-why-no-columns = (a table without headings) { $text }
