## Signed notes: checkpoints, receipts, witnesses

trust-note-malformed = this is not a signed note
trust-note-too-large = the note is larger than any that is read here
trust-note-unsigned = none of the known keys has signed this
trust-signature-wrong = the signature of “{ $name }” does not fit this text; it was altered or signed by somebody else
trust-bad-key = this is not a key in the form name+id+base64 of a kind that is known here
trust-signer-failed = the signer “{ $program }” gave no signature: { $detail }
