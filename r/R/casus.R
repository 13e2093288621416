# The program, and questions put to it as lines of JSON (docs/serve.md).

casus_program <- function() {
  asked <- Sys.getenv("CASUS_BINARY")
  found <- if (nzchar(asked)) asked else unname(Sys.which("casus"))
  if (!nzchar(found) || !file.exists(found)) {
    stop("the program casus was not found: put it on PATH, or set CASUS_BINARY to it", call. = FALSE)
  }
  found
}

casus_ask <- function(ask, ...) {
  settings <- list(...)
  settings <- settings[!vapply(settings, is.null, NA)]
  lines <- serve(list(id = 1, ask = ask, with = lapply(settings, plain), also = I("text")))
  for (line in lines) {
    reply <- jsonlite::fromJSON(line, simplifyVector = FALSE)
    if (!is.null(reply$said)) message(reply$said)
    if (!is.null(reply$problem)) message(reply$problem$text)
    if (!is.null(reply$error)) stop(reply$error$text, call. = FALSE)
    if (!is.null(reply$finding)) return(structure(reply$finding, text = reply$text, class = "casus_finding"))
  }
  stop("casus ended in the middle of an answer", call. = FALSE)
}

# A value as it is sent: dates as text, of a moment its day; several words as a list.
plain <- function(x) {
  if (inherits(x, "POSIXt")) x <- format(x, "%Y-%m-%d")
  if (inherits(x, "Date") || is.factor(x)) x <- as.character(x)
  if (length(x) == 1 && is.null(names(x))) jsonlite::unbox(x) else I(unname(x))
}

serve <- function(request) {
  question <- tempfile(fileext = ".json")
  on.exit(unlink(question))
  request[c("id", "ask")] <- lapply(request[c("id", "ask")], jsonlite::unbox)
  if (length(request$with) == 0) request$with <- structure(list(), names = character())
  writeLines(enc2utf8(as.character(jsonlite::toJSON(request, digits = NA))), question, useBytes = TRUE)
  out <- system2(casus_program(), "serve", stdin = question, stdout = TRUE)
  Encoding(out) <- "UTF-8"
  out
}

print.casus_finding <- function(x, ...) {
  text <- attr(x, "text")
  cat(if (is.null(text)) paste0("<", x$kind, " of casus>\n") else text)
  invisible(x)
}

# Facts may be c(requested = TRUE, provoked = FALSE); NA is not known.
facts_of <- function(facts) {
  if (is.null(names(facts))) return(facts)
  paste0(names(facts), "=", mapply(fact_of, names(facts), facts))
}

fact_of <- function(name, x) {
  if (length(x) == 1 && is.na(x)) return("unknown")
  if (is.character(x) && length(x) == 1) return(x)
  if (length(x) != 1 || !(isTRUE(x == 1) || isTRUE(x == 0))) {
    stop("the fact ", name, " cannot be ", deparse(x)[1], " (it is TRUE, FALSE or NA, which is not known)", call. = FALSE)
  }
  if (x) "yes" else "no"
}

casus_why <- function(by, on, date = NULL, object = NULL, at = NULL, facts = NULL, ...) {
  w <- casus_ask("why", by = by, on = on, date = date, object = object, at = at, facts = facts_of(facts), ...)
  structure(rows_of(w$answers, why_columns), finding = w)
}

casus_matrix <- function(date = NULL, years = NULL, ...) {
  span <- if (is.null(years)) list() else list(from = min(years), to = max(years))
  m <- do.call(casus_ask, c(list("matrix", date = date), span, list(...)))
  rows <- rows_of(m$rows, matrix_columns)
  codes <- data.frame(ccode1 = as.integer(rows$debtor_cow), ccode2 = as.integer(rows$creditor_cow))
  structure(cbind(codes, rows), finding = m)
}

# So many worlds; or those of these numbers, which follow each other: 100:199, or
# c(100, 199) or "100..199" with both ends.
stretch_of <- function(worlds) {
  if (!is.numeric(worlds) || length(worlds) <= 2) return(worlds)
  if (anyNA(worlds) || any(diff(worlds) != 1)) {
    stop("these worlds do not follow each other (name the first and the last, as in worlds = 100:199)", call. = FALSE)
  }
  range(worlds)
}

casus_run <- function(case, worlds = NULL, ...) {
  found <- casus_ask("run", case = case, worlds = stretch_of(worlds), ...)
  if (found$kind != "run") return(found)
  folder <- found$record$answer$record_folder
  list(finding = found, folder = folder,
       measures = read_table(file.path(folder, "measures.parquet"), c("option", "view", "world")),
       worlds = read_table(file.path(folder, "worlds.parquet"), c("view", "world")))
}

# A table of the record, where something here reads Parquet; else NULL, with a word.
read_table <- function(file, first) {
  frame <- if (requireNamespace("nanoparquet", quietly = TRUE)) {
    nanoparquet::read_parquet(file)
  } else if (requireNamespace("arrow", quietly = TRUE)) {
    arrow::read_parquet(file)
  } else {
    message("install nanoparquet or arrow to read ", file)
    return(NULL)
  }
  frame <- as.data.frame(frame)
  frame[c(first, setdiff(names(frame), first))]
}

# The columns of a table, each with a value of its kind: they are the same where there
# is no row.
texts <- function(...) vapply(c(...), function(name) "", "")

matrix_columns <- c(list(year = 0L), texts(
  "date", "debtor", "debtor_cow", "creditor", "creditor_cow", "against", "event", "verb",
  "class", "binding", "conditions", "articles"
))

why_columns <- c(texts(
  "article", "title", "instrument", "instrument_title", "debtor", "creditor", "against",
  "verb", "class", "class_title", "status", "why", "rule", "direction"
), list(in_force = NA, closeness = 0L, relevant = NA))

# Fields of a list of parts, as a data frame; what is not there is NA.
rows_of <- function(parts, columns) {
  field <- function(name) {
    value <- columns[[name]]
    vapply(parts, function(p) if (is.null(p[[name]])) value[NA] else p[[name]], value, USE.NAMES = FALSE)
  }
  out <- lapply(stats::setNames(nm = names(columns)), field)
  as.data.frame(out, check.names = FALSE)
}
