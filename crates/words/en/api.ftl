# Uploads and the interface for programs

evidence-empty = “{ $file }” is empty and was not taken; please see whether it is the right one
evidence-too-large = “{ $file }” is too large and was not taken: at most { $most } MB for one file of evidence; please compress it or cut out the part that matters
evidence-kind = Files like “{ $file }” are not taken; evidence may be: { $kinds }
evidence-not-what-it-says = The content of “{ $file }” is not what its name says, so it was not taken; please save it again in its own program ({ $kinds })

upload-too-large = A chosen file is too large and was not sent: at most { $most } MB each
upload-lost = It did not arrive: the network is gone or the server did not answer. What you wrote is still here; please try again

unmoved-title = What you wrote was not saved; here it is as it was
unmoved-hint = The matter has moved on and this step cannot be taken now. Copy what you want to keep, and look at how things stand first.

api-body-too-large = At most 40 MB can be sent at once; please send it in parts
api-not-json = The body must be JSON, with the header Content-Type: application/json
api-not-multipart = Send a file as multipart/form-data
api-one-file = Send one file at a time (the part with a filename)
api-no-evidence-now = No step of this matter asks you for evidence now; the file was not taken
api-member-unknown = There is no “{ $name }” here
api-member-kind = “{ $name }” is written in a way that cannot be read; see /api/openapi.json
api-evidence = Each item of “{ $name }” has system and reference, or id, plain and name as the upload gave them
api-evidence-unknown = “{ $name }” has a file that is not kept here, or plain is not its hash; upload it first
api-evidence-name = “{ $name }” has a file whose name does not fit its content; use the name it was uploaded with
api-key-used = This Idempotency-Key was used for another request; a new request needs a new one
api-no-such-tile = The log has no such tile: { $path }

me-token-ends = ends on { $day }
