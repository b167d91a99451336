# zsh_offers.zsh SCRIPT LINE - prints what zsh offers at the end of LINE, one a line, with the completion of SCRIPT. zsh completes only at a
# prompt: this opens one on a pseudo terminal (zsh/zpty) and has compadd tell what it is given.
zmodload zsh/zpty
zpty shell "TERM=dumb PS1=READY zsh -f -i"
typeset line
zpty -w shell 'autoload -Uz compinit && compinit -u -D; source '${(q)1}'; compdef _checksheet checksheet; zstyle ":completion:*" list-separator ""'
zpty -w shell 'compadd () { local -a __hits __o; zparseopts -E -a __o D: O: A:; if (( ${#__o} )); then builtin compadd "$@"; return; fi; builtin compadd -A __hits "$@"; print -rl -- "OFFER "$^__hits >> '${(q)PWD}'/offers; builtin compadd "$@" }'
zpty -w shell 'bindkey "^X^X" complete-word; print BEGIN'
while zpty -r shell line; do [[ $line == BEGIN* ]] && break; done
: > offers
zpty -n -w shell "$2"$'\C-x\C-x'
sleep 1.5
zpty -d shell
sed -n 's/^OFFER //p' offers
