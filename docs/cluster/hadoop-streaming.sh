#!/bin/bash
# hadoop-streaming.sh - sheets of the documents that the lines of LIST name (paths that all nodes have, or lines of
# {"name": …, "base64": …}), to OUTPUT, one a line:
#
#     ./hadoop-streaming.sh hdfs:///list.txt hdfs:///sheets
#
# NLineInputFormat gives each task some lines of the list; without ignoreKey it would put the offset before each. There
# is no reducer. A task that is lost is run again by Hadoop.
set -euo pipefail

hadoop jar "${STREAMING_JAR:-$HADOOP_HOME/share/hadoop/tools/lib/hadoop-streaming.jar}" \
  -D mapreduce.job.name=checksheet -D mapreduce.job.reduces=0 -D stream.map.input.ignoreKey=true \
  -D mapreduce.input.lineinputformat.linespermap="${LINES_PER_TASK:-500}" \
  -inputformat org.apache.hadoop.mapred.lib.NLineInputFormat \
  -input "$1" -output "$2" \
  -mapper "${CHECKSHEET:-checksheet} convert --jobs 1 --filter"
