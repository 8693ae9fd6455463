# The ledger of matters: how they stand, and orders
standing-overdue = Overdue
standing-near = Due soon
standing-on-plan = On plan
standing-with-checkers = With checkers
standing-closed = Closed
standing-pending = To hand out
standing-ended = Ended
sort-urgency = by urgency
sort-number = by number
sort-problem = by problem
sort-unit = by unit
sort-stage = by stage
sort-due = by deadline
sort-changed = by last action
