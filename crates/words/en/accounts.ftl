# Accounts and sessions. When a sign-in fails the words are the same whether or not the login exists.
accounts-wrong = The login name or the password is wrong. Check capital letters and the input method and try again; if the password is forgotten, ask the system administrator for a new one-time link
accounts-wait = Too many wrong tries in a row. Sign in again in { $minutes } { $minutes ->
        [one] minute
       *[other] minutes
    }; if it is urgent, ask the system administrator to unlock the account
accounts-too-many = Too many sign-ins in this minute; the password was not looked at. Sign in again in a minute
accounts-locked = Your account is locked. Ask the system administrator if you need it again
accounts-link-spent = This link has been used, is over, or a newer one took its place. Ask the system administrator for a new one
accounts-session-over = Your session is over, or you have signed out. Sign in again and repeat this step
accounts-login-bad = A login name is 2 to 32 letters, digits or . _ - @ and begins with a letter or digit: zhangsan, say, or a staff number
accounts-login-not-free = This login name cannot be used. Choose another one, for example with your staff number behind it
accounts-password-short = The password is too short. Use at least { $shortest } characters; a few unrelated words in a row are easy to remember
accounts-password-long = The password is too long. Use no more than { $longest } characters
accounts-password-has-login = The password contains your login name and is easily guessed. Choose one without it
accounts-password-common = The password is made of common words, runs or years and is easily guessed. Use a few unrelated words in a row
accounts-password-same = The new password is the old one. Choose another
accounts-old-wrong = The present password is wrong, so nothing was changed. Type the present password again
