# What the rules answer to a command: why not, and what would be accepted. See rules::Refusal.
refusal-wrong-stage = It stands at “{ $stage }”, where “{ $command }” is not possible; do what this step allows
refusal-not-yours = This belongs to post { $post }; only its holder or deputy may do it
refusal-not-your-role = Your post has no right to “{ $action }”; let a post that has it do so, or ask the security administrator for it
refusal-not-for-you = You are not among those who may know of this
refusal-recused = Person { $person } has withdrawn from this; somebody else must do it
refusal-no-post = No post was chosen; act from a post that you hold
refusal-not-the-holder = You do not hold post { $post } today; act from a post that you hold
refusal-not-a-deputy = You are not deputy for post { $post } today; have a deputy named first, and act within its days
refusal-system-only = The day pass does this by itself; no person may
refusal-no-policy = No policy has been adopted, so no limit can be counted; adopt one first
refusal-no-such-post = There is no post { $post }; choose one from the staff list
refusal-no-such-unit = There is no unit { $unit }; choose one from the list of units
refusal-no-such-person = There is no person { $person }; enter the person first
refusal-no-such-matter = There is no matter { $matter }; look at the number again
refusal-no-such-campaign = There is no campaign { $campaign }; look at the number again
refusal-no-such-slip = There is no slip { $slip }; look at the number again
refusal-no-such-problem = This is none of the sixteen problems; choose one from the list
refusal-vacant = Post { $post } is vacant on that day; appoint somebody or name a deputy first
refusal-bad-period = { $from } to { $until } is no period: it must not end before it begins
refusal-appointed-already = Post { $post } has an appointment since { $since }; a new one must begin later
refusal-nothing-to-hand-over = Post { $post } has no handover for you to confirm
refusal-admins-stay-apart = Person { $person } cannot take this: the system, security and audit administrators are three people who do no business
refusal-contradiction = What was submitted contradicts itself; check it and submit again
refusal-blank = “{ $field }” is blank; please fill it in
refusal-too-many = “{ $field }” is beyond its bound ({ $most }); shorten or divide it
refusal-have-missing = Of the five haves, “{ $have }” is missing; a matter is handed out once rule, procedure, standard, checking and evidence are named
refusal-checker-is-doer = Post { $post } owns this; whoever worked on it (also from another post or as deputy) cannot check it, so name another checking post
refusal-checker-of-owners-unit = Post { $post } is of the owner's unit, or of one above or below it; name a checking post of another unit
refusal-may-not-receive = Post { $post } does not receive accusations, so a sealed matter cannot go there; choose a receiving or discipline post
refusal-not-named-as-checker = Post { $post } was not named to check this; a named post must do it
refusal-checked-already = Person { $person } has checked this already; another person must
refusal-too-few-checkers = Too few checking posts: name at least { $most }
refusal-approver-below-assigner = Whoever approves closing must not rank below whoever assigned; ask somebody higher
refusal-approver-is-doer = Somebody of post { $post } cannot decide on its own case; another post must
refusal-decided-designation = It was returned twice: the campaign office must decide and assign it as designated
refusal-designated-no-return = This was assigned by decision and cannot be returned again; please accept it
refusal-decline-too-late = It could be returned until { $day }; please accept it, or ask the campaign office to transfer it
refusal-own-post-proposed = The proposed post { $post } is your own; name the other post that should own it
refusal-mechanism-missing = A standing duty is reported done only with the mechanism it leaves; attach it
refusal-no-evidence = The evidence points at nothing; name the business system and the record, or attach a file
refusal-too-early = Too early: possible from { $day }
refusal-day-not-ahead = { $day } is not late enough: it must lie after today and, for an extension, after the present limit
refusal-no-more-extensions = No more extensions: at most { $most }
refusal-extension-too-far = An extension may reach { $day } at the latest; choose another day
refusal-may-not-pause = The limit that runs now does not stand still for this reason; keep it, or ask for an extension
refusal-not-a-former-owner = Post { $post } never owned this, so it cannot be handed back there; transfer it instead
refusal-same-owner = Post { $post } owns it already; choose another
refusal-same-matter = A matter cannot be merged into itself; choose another
refusal-sealed-does-not-mix = An accusation and another matter cannot be merged
refusal-nothing-to-resubmit = No return allowed a straight resubmission; go through the steps
refusal-later-step = It can only be sent back to an earlier step; choose one
refusal-percent-out-of-range = Progress lies between 0 and 100; milestones follow one another in day and share
refusal-designation-missing = A designated government supervision must name its document and scope
refusal-government-supervision-word = Without a designation the title must not say “政府督查”; call it by another name
refusal-overlap = It repeats campaign { $campaign } (same object, same topic, too soon); join them, or say in writing why not
refusal-unit-out-of-scope = Unit { $unit } is outside the scope of this campaign
refusal-reported-already = Unit { $unit } has reported its self-check already
refusal-open-matters = { $count ->
    [one] One matter is
   *[other] { $count } matters are
} still open; the campaign can end when none is
refusal-nothing-new = This is what stands already; nothing to do
refusal-not-later = The number must be later than { $number }
refusal-signer-decides = Whoever signed a slip cannot decide the objection against it; another person must
refusal-objection-too-late = Objections were possible until { $day }
refusal-over-cap = This post has had its { $most } reminders of the week; the rest waits for the next
refusal-nothing-to-do = There is nothing to act on; list at least one item

broken-history = The history is faulty: { $event } cannot happen at “{ $stage }”

# Actions
action-see = see it
action-list = list problems
action-steer = assign and supervise
action-own = do the owner's work
action-check = check
action-close = approve closing
action-relieve = approve suspension, extension, cancelling and referral
action-relieve-again = approve a further extension
action-sign-slip = sign slips
action-sign-red-slip = sign red slips and talks
action-run-campaign = run campaigns
action-keep-staff = keep units and staff
action-grant = grant rights
action-set-basis = adopt policies and calendars
action-audit = audit

# Fields
field-body = body referred to
field-cause = cause
field-checkers = checking posts
field-days = days of the calendar
field-detail = detail
field-evidence = evidence
field-findings = findings
field-matters = matters listed
field-measure = measure
field-milestones = milestones
field-note = note
field-problems = problems
field-reason = reason
field-rule = ground
field-standard = standard
field-tasks = items of the plan
field-title = title

# The five haves
have-rule = rule
have-procedure = procedure
have-standard = standard
have-checking = checking
have-evidence = evidence

# What is wrong with a line of a diary
diary-no-day = A line begins with a day and a post, such as: 2026-09-18 督查科长 签收 1
diary-unclosed = A quotation mark is not closed
diary-no-such-name = Nothing is called “{ $found }”; a post whose name is not unique is written 单位/岗位
diary-no-such-command = There is no command “{ $found }”
diary-missing = “{ $what }” is missing
diary-strange = “{ $found }” is no “{ $what }”
diary-too-much = “{ $found }” is too much
diary-vacant = Nobody holds “{ $found }” on that day
