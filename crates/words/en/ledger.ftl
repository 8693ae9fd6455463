## The ledger: what a verification found. { $place } is a place such as #12 (entry 12).

ledger-gap = { $place }: the numbering has a gap; entry { $expected } should stand here
ledger-leaf-too-large = { $place }: the entry is larger than 16 KiB; this system did not write it
ledger-leaf-not-canonical = { $place }: the entry is not written in the canonical form (RFC 8785); it may have been altered
ledger-hash-wrong = { $place }: the content does not match its hash; it has been altered
ledger-member-wrong = { $place }: "{ $member }" is missing or does not fit the entries around it
ledger-version-unknown = { $place }: this program does not know format version "{ $version }"; use one that does
ledger-event-unreadable = { $place }: this program cannot read an event of type "{ $type }" ({ $detail }); use a newer one
ledger-command-cut = { $place }: the entries of one command break off here
ledger-history-broken = { $place }: contradicts what went before: { $reason }
ledger-missing = { $place }: should be there and is not
ledger-extra = { $place }: is there, but nothing in the log calls for it
ledger-differs = { $place }: is not what the log gives
ledger-unopened = { $place }: the ciphertext does not open; it was altered or the key is wrong
ledger-foreign = { $place }: does not belong here; the log commits to something else
ledger-key-missing = { $place }: the key is gone, and no lawful erasure is on record
ledger-plain-differs = { $place }: the file's content is not what the event committed to
ledger-unreadable = { $place }: cannot be read ({ $detail })

## The ledger cannot be opened or written

ledger-file = Reading or writing { $path } failed: { $detail }
ledger-database = A database operation failed ({ $doing }): { $detail }
ledger-locked = Another program is using this ledger ({ $path })
ledger-already-there = { $path } exists already; no new ledger can be made here
ledger-not-there = { $path } is not there
ledger-wrong-kek = The key of keys is not the one of this ledger
ledger-bad-kek = The key of keys must be 32 bytes, in hex or Base64
ledger-no-chance = The system gave no random numbers: { $detail }
ledger-bad-subject = "{ $subject }" cannot be the subject of a key
ledger-file-too-large = The file is too large to be kept ({ $size } bytes)
ledger-no-such-entry = The log has no entry { $seq }
ledger-erased = The content of { $subject } has been lawfully erased

## A command was not done

ledger-busy = The system is busy; please try again shortly
ledger-conflict = Things have changed since you looked (now version { $newest }); look again before you go on
ledger-read-only = The disk is full, so nothing can be written; an administrator has to make room
ledger-stopped = The store failed and writing has stopped; an administrator has to restart and verify
ledger-too-large = The content is too long ({ $size } bytes); shorten it or attach it as a file
ledger-bad-id = A request id is 1 to 64 letters, digits or . _ : -
ledger-bad-event = A defect of the program: this event cannot enter the log ({ $detail }); nothing was written
ledger-broken-rules = A defect of the program: the rules contradict themselves ({ $reason }); nothing was written
