# Put to the real program, where it is there: R CMD check runs this.
if (nzchar(Sys.getenv("CASUS_BINARY")) || nzchar(Sys.which("casus"))) {
  library(casus)
  setwd(tempdir())

  w <- casus_why("RUS", "GBR", object = "forces", at = "kyiv", date = as.Date("2026-02-01"), facts = c(requested = TRUE, provoked = NA))
  stopifnot(identical(subset(w, article == "NAT.5" & debtor == "FRA")$status, "not owed"))
  stopifnot(grepl("^Armed attack by Russia", attr(attr(w, "finding"), "text")))
  stopifnot(identical(attr(w, "finding")$basis$facts$requested, "yes"))

  m <- casus_matrix("1914-07-28")
  stopifnot(identical(names(m)[1:3], c("ccode1", "ccode2", "year")), is.integer(m$ccode1))
  dyads <- data.frame(ccode1 = 255L, ccode2 = 300L, year = 1914L)
  stopifnot("DUAL1879.1" %in% merge(dyads, m)$articles)
  stopifnot(identical(sort(unique(casus_matrix(years = c(1913, 1914), state = "RUS")$year)), 1913:1914))

  # a day on which nobody owes anything has the same columns, of the same kinds
  none <- casus_matrix("1816-01-01", state = "USA")
  stopifnot(nrow(none) == 0, identical(sapply(none, typeof), sapply(m, typeof)))
  stopifnot(identical(names(merge(dyads, none, by = c("ccode1", "ccode2", "year"))), names(none)))

  # a row is a duty; of one made a dyad in a year (r/README.md) the merge doubles nothing
  dyads <- data.frame(ccode1 = 255L, ccode2 = c(300L, 220L), year = 1914L)
  by <- c("ccode1", "ccode2", "year")
  ties <- unique(subset(m, binding == "bound" & !is.na(ccode1) & !is.na(ccode2), by))
  ties$bound <- rep(TRUE, nrow(ties))
  merged <- merge(dyads, ties, by = by, all.x = TRUE)
  stopifnot(anyDuplicated(m[by]) > 0, nrow(merged) == 2, identical(merged$bound, c(NA, TRUE)))

  moment <- casus_why("RUS", "GBR", object = "forces", at = "kyiv", date = as.POSIXct("2026-02-01 23:30:00"), facts = list(requested = "yes"))
  stopifnot(identical(attr(moment, "finding")$basis$date, "2026-02-01"))
  stopifnot(identical(attr(moment, "finding")$basis$facts$requested, "yes"))
  wrong <- tryCatch(casus_why("RUS", "GBR", date = "2026-02-01", facts = c(requested = 2)), error = conditionMessage)
  stopifnot(grepl("the fact requested cannot be 2", wrong, fixed = TRUE))
  counted <- casus_why("RUS", "GBR", date = "2026-02-01", facts = c(requested = 1, provoked = 0, extreme_threat = NA))
  stopifnot(identical(unlist(attr(counted, "finding")$basis$facts)[c("requested", "provoked")], c(requested = "yes", provoked = "no")))

  r <- casus_run("truce", worlds = 4)
  stopifnot(file.exists(file.path(r$folder, "measures.parquet")))
  if (!is.null(r$measures)) stopifnot(identical(names(r$measures)[1:3], c("option", "view", "world")))

  # worlds by their numbers have the rows of the whole run
  parts <- lapply(list(1:3, c(1, 3), "1..3"), function(worlds) casus_run("truce", worlds = worlds, record = tempfile()))
  for (part in parts) {
    stopifnot(identical(part$finding$record$first_world, 1L), part$finding$record$worlds_per_view == 3)
    if (!is.null(r$measures)) stopifnot(isTRUE(all.equal(part$measures, subset(r$measures, world %in% 1:3), check.attributes = FALSE)))
  }
  stopifnot(grepl("do not follow", tryCatch(casus_run("truce", worlds = c(1, 2, 4)), error = conditionMessage)))

  # lists print as they do on the command line
  stopifnot(any(grepl("^[0-9]+ options?$", capture.output(print(casus_ask("list", kind = "options", case = "truce"))))))

  wrong <- tryCatch(casus_why("RUS", "GRB", date = "2026-02-01"), error = conditionMessage)
  stopifnot(grepl("did you mean", wrong))
  wrong <- tryCatch(casus_ask("why", objct = "forces"), error = conditionMessage)
  stopifnot(grepl("did you mean object?", wrong, fixed = TRUE))
}
