// Package parquet reads the flat columns of Parquet files that anybody may have
// written, or damaged. It holds to a budget, and what it cannot read it names.
//
//  1. thrift.go decodes the compact protocol in which a file describes itself.
//  2. footer.go takes from it the columns and where their pieces stand.
//  3. pages.go walks a piece page by page: sizes first, then checksum, then
//     unpacking (codec.go).
//  4. encoding.go turns the bytes of a page into values, cells.go into numbers and
//     texts.
//
// Read are the codecs none, Snappy, gzip, Brotli, LZ4 (Hadoop's frames and
// without), LZ4_RAW and Zstandard; the encodings plain, dictionary, RLE of
// booleans, the three deltas and byte stream split; pages of version 1 and 2.
//
// The format is that of github.com/apache/parquet-format. A library would have
// been less to keep: parquet-go misread LZ4 pages, RLE booleans and INT32 deltas
// of more than 31 bits in silence and made room for whatever a file claimed;
// arrow-go adds 22 MB to the program and checks no checksum.
package parquet
