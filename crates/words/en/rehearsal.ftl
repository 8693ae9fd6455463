# What came of a rehearsal
outcome-done = done ({ $count ->
    [one] 1 entry
   *[other] { $count } entries
})
outcome-matter = matter { $no }: { $stage }
outcome-due = , due { $due } (first limit { $first })
outcome-due-provisional = , due { $due } (provisional; first limit { $first })
outcome-campaign = campaign { $no }: { $problems } problems, { $tasks } tasks
outcome-slip = slip { $no }: { $stage }
outcome-refused = refused: { $why }
outcome-missed = matter { $no }: { $limit } of { $due } has passed
outcome-recomputed = matter { $no }: { $limit } moves to { $due } under the new notice of days off
outcome-suspension-lapsed = matter { $no }: the day to look at its suspension again has passed
outcome-drafted = slip { $no }: { $grade } to { $post } drafted (matters { $matters }), awaits a signature
outcome-handover-missed = { $post }: the handover should have been confirmed by { $due }

rehearsal-no-file = cannot read “{ $file }”: { $why }
rehearsal-day-goes-back = { $day } is before { $before } of the line above; a diary goes forward
rehearsal-stumble = line { $line } of the diary: { $why }
rehearsal-expected = not as the diary expects: { $expected }
rehearsal-day = { $day } day pass
rehearsal-summary = Rehearsal over: { $lines } lines, of which { $refused } refused by the rules and { $unexpected } not as expected; { $entries } entries written; slips awaiting a signature: { $unsigned }.
rehearsal-reading = Diary: { $file }
rehearsal-data = Data directory: { $dir }

city-lived = the city lived { $days } working days: { $acts } acts ({ $refused } refused by the rules), { $entries } entries written; slips awaiting a signature: { $unsigned }
rehearsal-city = city life is written: day 系统 全市运行 days seed (at most 400 days); found “{ $found }”
