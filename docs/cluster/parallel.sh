#!/bin/bash
# parallel.sh - converts INPUT… on several machines with GNU parallel over ssh, and merges what they made.
#
#     HOSTS=a.example,b.example SHARDS=16 ./parallel.sh OUTPUT INPUT…
#
# OUTPUT and the inputs are on a file system that all machines have under the same paths. A machine that is cut off
# loses the shards it had in hand: parallel gives them to another (--retries), and --resume does what is missing in them.
# Run it again, with the same SHARDS, after anything went wrong.
set -euo pipefail

checksheet=${CHECKSHEET:-checksheet}
shards=${SHARDS:-16}
hosts=${HOSTS:-:} # ":" is this machine
output=$1
shift
mkdir -p "$output/shards"
printf -v inputs '%q ' "$@"

# 1: some inputs failed, 3: all of the shard did; both are in the ledger. Anything else is a shard to be done again.
seq "$shards" | parallel --sshlogin "$hosts" --jobs 1 --retries 3 --joblog "$output/parallel.log" ${PARALLEL_OPTIONS:-} --workdir "$PWD" \
  "$checksheet convert --shard {}/$shards --resume -o $(printf %q "$output")/shards/{} $inputs; s=\$?; [ \$s = 0 ] || [ \$s = 1 ] || [ \$s = 3 ]"

"$checksheet" merge -o "$output/all" "$output"/shards/*
