"""Writes one table in every way that pyarrow, DuckDB and polars know, into
writers/; table.csv is what each of the files holds.

    pip install pyarrow duckdb polars && python make.py

Made with pyarrow 26.0, DuckDB 2.0 and polars 2.1.
"""
import csv, decimal, itertools, os, random, struct

import duckdb, polars, pyarrow as pa, pyarrow.parquet as pq

os.chdir(os.path.dirname(os.path.abspath(__file__)))
r = random.Random(1949)
N = 43
D = lambda n, scale: decimal.Decimal(n).scaleb(-scale, context=decimal.Context(prec=60))


def column(value):
    return [None if r.random() < 0.2 else value(i) for i in range(N)]


half = lambda x: struct.unpack("e", struct.pack("e", x))[0]
single = lambda x: struct.unpack("f", struct.pack("f", x))[0]
table = pa.table({
    "yes": pa.array(column(lambda i: i % 17 < 9), pa.bool_()),
    "wide": pa.array(column(lambda i: r.choice([-2**31, 2**31 - 1, 0, i])), pa.int32()),
    "count": pa.array(column(lambda i: r.choice([2**32 - 1, 0, i])), pa.uint32()),
    "byte": pa.array(column(lambda i: r.randint(-128, 127)), pa.int8()),
    "long": pa.array(column(lambda i: r.choice([-2**63, 2**63 - 1, 2**53 + 1, i])), pa.int64()),
    "single": pa.array(column(lambda i: single(r.gauss(0, 1))), pa.float32()),
    "real": pa.array(column(lambda i: r.gauss(0, 1)), pa.float64()),
    "price": pa.array(column(lambda i: D(r.randint(-10**17, 10**17), 2)), pa.decimal128(18, 2)),
    "huge": pa.array(column(lambda i: D(r.randint(-10**36, 10**36), 10)), pa.decimal128(38, 10)),
    "word": pa.array(column(lambda i: "".join(r.choice("aaé東") for _ in range(r.randint(1, 6)))), pa.string()),
    "choice": pa.array(column(lambda i: ["forces", "arms", "words"][i * i % 3]), pa.string()),
})
halves = table.append_column("half", pa.array(column(lambda i: half(r.gauss(0, 1))), pa.float16()))


def cell(x):
    if x is None:
        return ""
    if isinstance(x, str):
        return x
    return repr(float(x))


with open("table.csv", "w", newline="", encoding="utf-8") as f:
    out = csv.writer(f, lineterminator="\n")
    out.writerow(halves.column_names)
    for row in zip(*[c.to_pylist() for c in halves.columns]):
        out.writerow(map(cell, row))


def encodings(kind, t):
    if kind == "dictionary":
        return dict(use_dictionary=[n for n in t.column_names if n != "yes"])
    if kind == "plain":
        return dict(use_dictionary=False)
    by = {}
    for f in t.schema:
        if pa.types.is_integer(f.type):
            by[f.name] = "DELTA_BINARY_PACKED" if kind == "delta" else "BYTE_STREAM_SPLIT"
        elif pa.types.is_decimal(f.type):
            by[f.name] = "DELTA_BYTE_ARRAY" if kind == "delta" else "BYTE_STREAM_SPLIT"
        elif pa.types.is_string(f.type):
            by[f.name] = "DELTA_BYTE_ARRAY" if kind == "delta" else "DELTA_LENGTH_BYTE_ARRAY"
        elif pa.types.is_boolean(f.type):
            by[f.name] = "RLE" if kind == "delta" else "PLAIN"
        elif kind == "streams":
            by[f.name] = "BYTE_STREAM_SPLIT"
    return dict(use_dictionary=False, column_encoding=by)


for codec, version, kind in itertools.product(
        ["none", "snappy", "gzip", "brotli", "lz4", "zstd"], ["1.0", "2.0"], ["dictionary", "plain", "delta", "streams"]):
    pq.write_table(halves, f"writers/pyarrow_{codec}_v{version[0]}_{kind}.parquet", compression=codec,
                   data_page_version=version, row_group_size=32 if codec == "none" else N,
                   data_page_size=64 if codec == "none" else 1 << 20, write_page_checksum=codec != "none",
                   write_statistics=False, store_schema=False, **encodings(kind, halves))
table_ = table  # DuckDB finds it by its name
for codec, version in itertools.product(["uncompressed", "snappy", "gzip", "zstd", "brotli", "lz4_raw"], ["V1", "V2"]):
    duckdb.sql(f"copy (from table_) to 'writers/duckdb_{codec}_{version.lower()}.parquet' (format parquet, compression {codec}, parquet_version {version})")
for codec in ["uncompressed", "snappy", "gzip", "zstd", "brotli", "lz4"]:
    polars.from_arrow(table).write_parquet(f"writers/polars_{codec}.parquet", compression=codec, statistics=False)
