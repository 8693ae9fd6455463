## Signed notes: checkpoints, receipts, witnesses

trust-note-malformed = this is not a signed note
trust-note-too-large = the note is larger than any that is read here
trust-note-unsigned = none of the known keys has signed this
trust-signature-wrong = the signature of “{ $name }” does not fit this text; it was altered or signed by somebody else
trust-no-quorum = the policy asks for more witnesses; so far cosigned: { $witnesses }
trust-bad-key = this is not a key in the form name+id+base64 of a kind that is known here
trust-signer-failed = the signer “{ $program }” gave no signature: { $detail }
trust-bad-policy = line { $line } of the policy cannot be read

## What a verification finds of checkpoints; { $place } names one

trust-checkpoint-unsigned = { $place }: none of the known keys has signed it
trust-checkpoint-wrong = { $place }: the signature of “{ $name }” does not fit; the checkpoint was altered or signed by somebody else
trust-checkpoint-few = { $place }: the policy asks for more witnesses; so far cosigned: { $witnesses }
trust-rewound = The log does not contain the checkpoint of { $known } entries that was signed before: it was put back from an old copy or changed. It can be read; nothing more is written to it
trust-checkpoints = The log contains all { $count } checkpoints it was held against.
trust-witnessed = The checkpoint of { $size } entries meets the policy: enough witnesses have cosigned it.

## Exports

trust-tiles = Tiles written to “{ $dir }”: { $files } files, { $bytes } bytes
trust-qr-too-long = the text has { $bytes } bytes; one QR code holds { $most }

## The witness

help-witness = Witness: cosign a log that only grows, or take in a cosignature
trust-witness-ready = The witness listens at { $url }/add-checkpoint
trust-no-witness-key = there is no key in “{ $dir }” yet; make one with bihuan witness key --name NAME
trust-log-known = This witness now looks at the log { $origin }.
trust-taken = Cosignature taken in for the checkpoint of { $size } entries.
trust-fits-none = the cosignature fits none of the newest checkpoints; either the witness is not in the policy or it signed another log
trust-witness-bad = this is not a request to a witness
trust-witness-unknown-log = this witness does not look at this log; make it known with bihuan witness trust
trust-witness-unsigned = no known key of the log has signed this checkpoint
trust-witness-conflict = the newest checkpoint cosigned here has { $size } entries; ask again from there: bihuan export request --old { $size }
trust-witness-forked = the log shows another tree of a size that was cosigned already: two histories. Not cosigned
trust-witness-unproven = the proof does not show that the log has only grown. Not cosigned

## The page of an entry

trust-receipt = Download the receipt
trust-receipt-code = Receipt as a QR code
trust-receipt-hint = It proves, without this system, that the entry is in the log under a signed checkpoint. Whoever holds it notices when the entry is lost.
trust-no-receipt-yet = The next signed checkpoint brings the receipt of this entry, within a minute.
