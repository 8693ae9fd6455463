# Serving pages
serve-ready = Ready: { $url } (Ctrl+C stops it)
serve-stopped = Stopped
serve-filling = Making the demonstration: a campaign of the bureau of Yunzhou, an invented city …
serve-filled = Demonstration: { $matters } matters, { $entries } entries in the log
serve-found-link = The ledger is empty. Open { $link } to found the office with its staff list (good for 72 hours); to look around first, run bihuan serve --demo
serve-first-link = There are no accounts yet. { $person } (system administrator) may open { $link } within 72 hours to choose a login name and a password.
serve-no-administrator = Nobody holds the post of a system administrator, so there is nobody for the first account. Name one in the staff list.
serve-not-a-demo = “{ $dir }” holds real data and is no demonstration. Name an empty directory, or leave out --demo.
serve-without-demo = This program was built without the demonstration
serve-cannot-listen = Cannot serve at { $at }: { $why }

help-serve = Use the system in a browser
help-token = Make an API token
