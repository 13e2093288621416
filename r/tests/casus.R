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

  r <- casus_run("truce", worlds = 4)
  stopifnot(file.exists(file.path(r$folder, "measures.parquet")))
  if (!is.null(r$measures)) stopifnot(identical(names(r$measures)[1:3], c("option", "view", "world")))

  wrong <- tryCatch(casus_why("RUS", "GRB", date = "2026-02-01"), error = conditionMessage)
  stopifnot(grepl("did you mean", wrong))
  wrong <- tryCatch(casus_ask("why", objct = "forces"), error = conditionMessage)
  stopifnot(grepl("did you mean object?", wrong, fixed = TRUE))
}
