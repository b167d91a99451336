"""spark_pipe.py - documents of any file system that Spark reads, to sheets, one a line:

    spark-submit spark_pipe.py hdfs:///documents/*.pdf hdfs:///sheets

`checksheet` is on each worker (its path in CHECKSHEET). Each document goes to it as base64 with its name, and comes back
as one line: a sheet, or a checksheet-failure/1. A worker that is lost has its partitions done again by Spark.
"""
import base64
import json
import os
import sys


def line_of(document):
    name, content = document
    return json.dumps({"name": name, "base64": base64.b64encode(bytes(content)).decode("ascii")})


def main(source, target):
    from pyspark import SparkContext
    context = SparkContext(appName="checksheet")
    command = f"{os.environ.get('CHECKSHEET', 'checksheet')} convert --jobs 1 --filter"
    context.binaryFiles(source).map(line_of).pipe(command, checkCode=True).saveAsTextFile(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
