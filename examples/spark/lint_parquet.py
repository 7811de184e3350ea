"""Lint Parquet files of listings on Spark.

    spark-submit lint_parquet.py listings/ out/ --markets SA,IN --line row

Writes out/items (one row a listing, with its report) and out/findings, and prints the CAI by market.
"""

import argparse

from pyspark.sql import SparkSession

from culture_lint.spark import lint, of


def main(args=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("listings", help="Parquet file or folder")
    parser.add_argument("out", help="folder to write to")
    parser.add_argument("--markets", help="SA,IN; by default what each row's own column says")
    parser.add_argument("--line", help="the column with the number of the row")
    given = parser.parse_args(args)

    spark = SparkSession.builder.appName("culture-lint").getOrCreate()
    linted = lint(spark.read.parquet(given.listings), given.markets, line=given.line)
    print(linted.note)

    # Checking is nearly all of the work: it is done once, and the rest comes from what was written.
    linted.items.write.mode("overwrite").parquet(f"{given.out}/items")
    done = of(spark.read.parquet(f"{given.out}/items"))
    done.findings.write.mode("overwrite").parquet(f"{given.out}/findings")

    done.summary.orderBy("min").show(truncate=False)
    unread = done.items.where("error is not null")
    print(f"{unread.count()} rows could not be checked")


if __name__ == "__main__":
    main()
