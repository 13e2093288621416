package spend

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"casus/catalog"
	"casus/data"
)

func shipped(t testing.TB) *Book {
	t.Helper()
	b, problems := Load()
	for _, p := range problems {
		t.Error(p)
	}
	return b
}

// Everything that ships reads without a problem.
func TestWhatShips(t *testing.T) {
	b := shipped(t)
	if len(b.Figures) < 200 || len(b.Plans) != 1 || len(b.Rates) != 3 || !slices.Equal(b.Checks(), []string{"rearm"}) || !slices.Equal(b.Claims(), []string{"C14", "C15"}) {
		t.Errorf("%d figures, %d plans, %d rates, checks %v, claims %v", len(b.Figures), len(b.Plans), len(b.Rates), b.Checks(), b.Claims())
	}
	if p, ok := b.Plan("REARM"); !ok || p.Total().Value != 800 || p.Total().Years != 4 || p.Total().Currency != EUR {
		t.Errorf("%+v", p)
	}
}

// Drawn tables and what is wrong with each row; drawn questions and what they
// come to, with the arithmetic. Run with -rewrite to draw the answers anew.
func TestDrawings(t *testing.T) {
	datadriven.Walk(t, "testdata/drawings", func(t *testing.T, path string) {
		var b *Book
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			switch d.Cmd {
			case "book":
				var out string
				b, out = drawnBook(d.Input)
				return out
			case "shipped":
				b = shipped(t)
				return "ok\n"
			case "eval":
				return evaluated(b, d.Input)
			case "series":
				return drawnSeries(b, d)
			}
			t.Fatalf("%s: no question %q", d.Pos, d.Cmd)
			return ""
		})
	})
}

// drawnBook reads tables, each under a line with its name.
func drawnBook(text string) (*Book, string) {
	tables := map[string]string{}
	name := ""
	for line := range strings.Lines(text) {
		if word := strings.TrimSpace(line); slices.Contains([]string{"spending", "plans", "rates", "reckonings"}, word) {
			name = word
			continue
		}
		tables[name] += line
	}
	headers := map[string]string{
		"spending":   "unit,year,measure,value,in,prices,series,source,status,note\n",
		"plans":      "plan,part,title,nature,value,in,prices,years,source,status,note\n",
		"rates":      "rate,from,to,value,when,source,status,note\n",
		"reckonings": "kind,of,name,says,is,source,status,note\n",
	}
	read := func(name string) *data.Table {
		t, problems := data.ReadCSV(name+".csv", strings.NewReader(headers[name]+tables[name]))
		if len(problems) > 0 {
			panic(problems[0])
		}
		return t
	}
	b, problems := New([]*data.Table{read("spending")}, read("plans"), read("rates"), read("reckonings"), catalog.States(), nil)
	var out strings.Builder
	for _, p := range problems {
		fmt.Fprintln(&out, p.Error())
	}
	fmt.Fprintf(&out, "%d figures, %d plans, %d rates, %d checks, %d claims\n", len(b.Figures), len(b.Plans), len(b.Rates), len(b.checks), len(b.claims))
	return b, out.String()
}

func evaluated(b *Book, text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		expression := strings.TrimSpace(line)
		v, err := b.Eval(expression)
		switch {
		case err != nil:
			fmt.Fprintf(&out, "%s\n  error: %v\n", expression, err)
		case v.Unknown != "":
			fmt.Fprintf(&out, "%s\n  = %s: not known: %s\n", expression, v.Shown, v.Unknown)
		default:
			prices := ""
			if v.Kind == Money {
				prices = ", " + v.Amount.Prices.String()
			}
			fmt.Fprintf(&out, "%s\n  = %s = %s%s\n", expression, v.Shown, v, prices)
		}
	}
	return out.String()
}

func drawnSeries(b *Book, d *datadriven.TestData) string {
	q := Query{Units: strings.Fields(d.Input)}
	for _, a := range d.CmdArgs {
		switch a.Key {
		case "from":
			q.From, _ = strconv.Atoi(a.Vals[0])
		case "to":
			q.To, _ = strconv.Atoi(a.Vals[0])
		case "share":
			q.Measure = Share
		case "constant":
			q.Constant = true
		case "burden":
			q.Burden = a.Vals[0]
		}
	}
	t, err := b.Series(q)
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	show := func(x *float64) string {
		if x == nil {
			return "–"
		}
		return strconv.FormatFloat(math.Round(*x*1e4)/1e4, 'f', -1, 64)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%d to %d, %s\n", t.From, t.To, t.Measure)
	for _, l := range t.Lines {
		fmt.Fprintf(&out, "%s %s %s %s:", l.Unit, l.Series, l.In, l.Prices)
		for _, v := range l.Values {
			out.WriteString(" " + show(v))
		}
		fmt.Fprintf(&out, "; %d–%d growth %s, total %s; %s %s\n", l.First, l.Last, show(l.Growth), show(l.Total), l.Source, l.Status)
	}
	for _, n := range t.Notes {
		out.WriteString("! " + n + "\n")
	}
	return out.String()
}

// facts reads a table of the fact base, or skips where it is not beside the
// project.
func facts(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open("../../../shared/facts/" + name)
	if err != nil {
		t.Skip("skipped: no ../shared/facts here")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		row := map[string]string{}
		for i, c := range r {
			row[rows[0][i]] = c
		}
		out = append(out, row)
	}
	return out
}

func parsed(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// Every SIPRI figure that ships is the fact base's.
func TestFiguresOfTheFactBase(t *testing.T) {
	units := map[string]string{"EU27": "EU27", "NATO Europe incl. Türkiye": "NATO_EUROPE", "NATO Europe excl. Türkiye": "NATO_EUROPE_LESS_TUR",
		"United States of America": "USA", "China": "CHN", "Russia": "RUS", "Ukraine": "UKR", "United Kingdom": "GBR", "France": "FRA", "Germany": "DEU", "Poland": "POL", "Italy": "ITA"}
	rows := facts(t, "facts_spending_sipri_2019_2024.csv")
	b, seen := shipped(t), 0
	for _, r := range rows {
		unit := units[r["unit"]]
		if unit == "" {
			continue
		}
		year, _ := strconv.Atoi(r["year"])
		for _, c := range []struct {
			text string
			p    Prices
		}{{r["usd_bn_current"], Current}, {r["usd_bn_const2023"], 2023}} {
			a, err := b.Level(unit, year, USD, c.p)
			if err != nil || a.Value != parsed(t, c.text) || a.Rests[0].Source != r["source"] {
				t.Errorf("%s %d at %s: %v %v, the fact base has %s by %s", unit, year, c.p, a, err, c.text, r["source"])
			}
			seen++
		}
		if share := r["share_gdp_pct"]; share != "" {
			if f, err := b.ShareOf("SIPRI", unit, year); err != nil || f.Value != parsed(t, share) {
				t.Errorf("share of %s %d: %v %v", unit, year, f, err)
			}
			seen++
		}
	}
	ours := 0
	for _, f := range b.Figures {
		if f.Series == "SIPRI" {
			ours++
		}
	}
	if seen != ours {
		t.Errorf("%d figures of SIPRI ship, %d are in the fact base", ours, seen)
	}
}

// The check of the plan gives the fact base's table, to the digit it prints.
func TestCheckOfTheFactBase(t *testing.T) {
	rows := facts(t, "facts_rearm_check.csv")
	c, err := shipped(t).Check("rearm")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		name, _, _ := strings.Cut(r["scenario"], ":")
		name = strings.TrimSuffix(strings.ReplaceAll(name, " + ", "+"), " actual")
		if strings.HasPrefix(name, "NATO Europe") {
			name = "NATO Europe 2024"
		}
		i := slices.IndexFunc(c.Rows, func(x Row) bool { return x.Name == name })
		if i < 0 {
			t.Errorf("no line for %q", r["scenario"])
			continue
		}
		got := c.Rows[i]
		// Half a unit of the last digit, and a little: 454.45 is 454.4 there.
		if d := math.Abs(got.Amount.Value - parsed(t, r["usd_bn_per_year"])); d > 0.0501 || got.Amount.Years != 0 || got.Amount.Currency != USD {
			t.Errorf("%s: %v, the fact base has %s", r["scenario"], got.Amount, r["usd_bn_per_year"])
		}
		if d := math.Abs(100**got.Share - parsed(t, r["pct_of_US_2024"])); d > 0.0501 {
			t.Errorf("%s: %.2f %% of the United States, the fact base has %s", r["scenario"], 100**got.Share, r["pct_of_US_2024"])
		}
	}
}

// What the fact base finds of the two claims, read off the figures: the total is
// right, the level is not; as written it is 84 and 92 %, spread over its years 58
// and 66, at 3.5 % of GDP 68 and 76.
func TestClaimsOfTheFactBase(t *testing.T) {
	b := shipped(t)
	for name, want := range map[string]map[string]Verdict{
		"C14": {"total": Holds, "level": HoldsNot, "level, no double count": HoldsNot},
		"C15": {"as written": Holds, "as written, with UK": Holds, "today": HoldsNot, "a year": HoldsNot, "a year, with UK": HoldsNot,
			"3.5 %": HoldsNot, "3.5 %, with UK": HoldsNot, "UK narrows": Holds},
	} {
		c, err := b.Claim(name)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]Verdict{}
		for _, r := range c.Readings {
			got[r.Name] = r.Verdict
			if literal := strings.Contains(r.Expression, "literally"); literal != (len(r.Caveats) > 0) {
				t.Errorf("%s, %s: caveats %v", name, r.Name, r.Caveats)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || c.Verdict != Depends {
			t.Errorf("%s: %s %s", name, c.Verdict, diff)
		}
	}
	c, _ := b.Claim("C15")
	for i, want := range []string{"0.842", "0.924", "0.369", "0.580", "0.662", "0.682", "0.764"} {
		if c.Readings[i].Left != want {
			t.Errorf("%s: %s, the fact base has %s", c.Readings[i].Name, c.Readings[i].Left, want)
		}
	}
}

// A claim's verdict follows from the figures: other figures, another verdict; none,
// not known.
func TestVerdictsFollowTheFigures(t *testing.T) {
	table := "kind,of,name,says,is,source,status,note\nclaim,,X,says,,,,\nholds,X,one,,\"level[FRA, 2024] > level[DEU, 2024]\",,,\nholds,X,two,,\"level[FRA, 2024] > %s\",,,\n"
	for _, c := range []struct {
		france, second string
		want           Verdict
	}{
		{"90", "amount(1, USD)", Holds},
		{"10", "amount(20, USD)", HoldsNot},
		{"90", "amount(100, USD)", Depends},
		{"", "amount(1, USD)", NotKnown},
	} {
		read := func(name, text string) *data.Table {
			tb, _ := data.ReadCSV(name, strings.NewReader(text))
			return tb
		}
		head := "unit,year,measure,value,in,prices,series,source,status,note\n"
		spending := head + "FRA,2024,level," + c.france + ",USD bn,current,A,x,verified,\nDEU,2024,level,50,USD bn,current,A,x,verified,\n"
		b, problems := New([]*data.Table{read("s.csv", spending)}, read("p.csv", "plan,part,title,nature,value,in,prices,years,source,status,note\n"),
			read("r.csv", "rate,from,to,value,when,source,status,note\n"), read("k.csv", fmt.Sprintf(table, c.second)), catalog.States(), nil)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if got := must(b.Claim("X")); got.Verdict != c.want {
			t.Errorf("France %q, beside %s: %s, want %s", c.france, c.second, got.Verdict, c.want)
		}
	}
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

// Amounts that belong together add in any order and come back by subtraction;
// those that do not are refused both ways round.
func TestAmounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) Amount {
			return Amount{Value: float64(rapid.IntRange(1, 1000).Draw(t, name)), Currency: rapid.SampledFrom([]Currency{USD, EUR}).Draw(t, name),
				Prices: rapid.SampledFrom([]Prices{Current, 2023}).Draw(t, name), Year: rapid.SampledFrom([]int{0, 2023, 2024}).Draw(t, name),
				Years: rapid.SampledFrom([]int{0, 0, 4}).Draw(t, name)}
		}
		a, b := draw("a"), draw("b")
		sum, err := a.Plus(b)
		turned, err2 := b.Plus(a)
		together := a.Currency == b.Currency && a.Prices == b.Prices && a.Years == b.Years && (a.Year == b.Year || a.Year == 0 || b.Year == 0)
		if (err == nil) != together || (err2 == nil) != together {
			t.Fatalf("%v and %v: %v, %v", a, b, err, err2)
		}
		if !together {
			return
		}
		if back, err := sum.Minus(b); err != nil || sum.Value != turned.Value || back.Value != a.Value {
			t.Errorf("%v, %v, back %v %v", sum, turned, back, err)
		}
		if x, err := sum.Over(sum); err != nil || x != 1 {
			t.Errorf("%v of itself is %v %v", sum, x, err)
		}
	})
}

// Converting there and back changes nothing but rounding; without the rate's
// currencies, or at other than current prices, there is no conversion.
func TestConvert(t *testing.T) {
	r := Rate{Name: "r", From: EUR, To: USD, Value: 1.05, When: "2025"}
	a := Amount{Value: 800, Currency: EUR, Years: 4}
	there := must(r.Convert(a))
	back := must(r.Convert(there))
	if there.Currency != USD || math.Abs(there.Value-840) > 1e-9 || there.Years != 4 || math.Abs(back.Value-800) > 1e-9 || back.Currency != EUR {
		t.Errorf("%v, %v", there, back)
	}
	for _, bad := range []Amount{{Value: 1, Currency: "GBP"}, {Value: 1, Currency: EUR, Prices: 2023}} {
		if x, err := r.Convert(bad); err == nil {
			t.Errorf("%v became %v", bad, x)
		}
	}
}

// A level in a currency that nobody has it in is not known, and never the number
// of another currency.
func TestNoSilentConversion(t *testing.T) {
	b := shipped(t)
	a, err := b.Level("DEU", 2024, EUR, Current)
	if _, ok := err.(Unknown); !ok || a.Value != 0 || !strings.Contains(err.Error(), "there is USD by SIPRI at current prices") {
		t.Errorf("%v, %v", a, err)
	}
	if a, err := b.Level("DEU", 2024, USD, Current); err != nil || a.Value != 88.46 {
		t.Errorf("%v %v", a, err)
	}
	if a, err := b.LevelOf("EDA", "EU27", 2024, Current); err != nil || a.Value != 343 || a.Currency != EUR {
		t.Errorf("%v %v", a, err)
	}
}

// The JSON forms read back, and say what is not known as null.
func TestJSON(t *testing.T) {
	b := shipped(t)
	check := must(b.Check("rearm"))
	var again Check
	if err := json.Unmarshal(must(json.Marshal(check)), &again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(check, &again); diff != "" {
		t.Error(diff)
	}
	table := must(b.Series(Query{Units: []string{"DEU", "SWE"}, To: 2025, Constant: true}))
	text := string(must(json.Marshal(table)))
	if !strings.Contains(text, `"values":[null,`) || !strings.Contains(text, `"prices":"2023"`) {
		t.Error(text)
	}
	var back Series
	if err := json.Unmarshal([]byte(text), &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(table, &back); diff != "" {
		t.Error(diff)
	}
}

// No text makes Eval panic, and equal texts give equal answers.
func FuzzEval(f *testing.F) {
	for _, s := range []string{"level[USA, 2024]", "convert(plan[REARM], EUR_USD_2025_03) / usa", "total[DEU, 2019, 2024]", "1 / 0", "not (1 < 2) or eu > uk",
		"growth[DEU, 2019, 2024, 2023]", "burden[DEU, 2024, USA]", "min(1, 2)", "amount(1, USD, 0)", "10^999", "level[", "\n}", "share[DEU, 2024] = ?", "-level[DEU, 2024, x, 1, 2]"} {
		f.Add(s)
	}
	b, _ := Load()
	f.Fuzz(func(t *testing.T, text string) {
		v, err := b.Eval(text)
		w, err2 := b.Eval(text)
		if fmt.Sprint(v, err) != fmt.Sprint(w, err2) {
			t.Errorf("%q: %v %v, then %v %v", text, v, err, w, err2)
		}
		if err == nil && v.Unknown == "" && (math.IsNaN(v.X+v.Amount.Value) || math.IsInf(v.X+v.Amount.Value, 0)) {
			t.Errorf("%q: %v", text, v)
		}
	})
}

// No table makes reading panic.
func FuzzNew(f *testing.F) {
	f.Add("FRA,2024,level,1,USD bn,current,A,x,verified,\n", "P,a,t,loan,1,EUR bn,current,4,x,verified,\n", "R,EUR,USD,1,2024,x,verified,\n", "let,,a,says,b,,,\nlet,,b,says,a,,,\nclaim,,C,,,,,\nholds,C,x,,a > 1,,,\n")
	f.Fuzz(func(t *testing.T, spending, plans, rates, reckonings string) {
		read := func(head, text string) *data.Table {
			tb, _ := data.ReadCSV("t.csv", strings.NewReader(head+text))
			return tb
		}
		b, _ := New([]*data.Table{read("unit,year,measure,value,in,prices,series,source,status,note\n", spending)},
			read("plan,part,title,nature,value,in,prices,years,source,status,note\n", plans), read("rate,from,to,value,when,source,status,note\n", rates),
			read("kind,of,name,says,is,source,status,note\n", reckonings), catalog.States(), nil)
		for _, name := range b.Checks() {
			must(b.Check(name))
		}
		for _, name := range b.Claims() {
			must(b.Claim(name))
		}
		if _, err := b.Series(Query{}); err != nil && len(b.Figures) > 0 && b.Figures[0].Year > 0 && !strings.Contains(err.Error(), "no years") {
			t.Error(err)
		}
	})
}

// The figures of the plan and of the EDA are the fact base's too.
func TestFinanceOfTheFactBase(t *testing.T) {
	asks := map[string]string{
		"finance: EDA EU27 2024":                   "level[EU27, 2024, EDA]",
		"finance: EDA EU27 2025 estimate":          "level[EU27, 2025, EDA]",
		"finance: EDA at 3.5% of GDP":              "aim[EU27, EDA]",
		"finance: ReArm national fiscal space":     "plan[REARM, space]",
		"finance: ReArm SAFE loans":                "plan[REARM, safe]",
		"finance: SIPRI NATO Europe 2024 headline": "level[NATO_EUROPE_LESS_TUR, 2024]",
	}
	b, seen := shipped(t), 0
	for _, r := range facts(t, "facts_figures.csv") {
		ask := asks[r["series"]]
		if ask == "" {
			continue
		}
		seen++
		v := must(b.Eval(ask))
		if math.Abs(v.Amount.Value-parsed(t, r["value"])) > 0.5 || !strings.HasPrefix(r["measure"], string(v.Amount.Currency)+" bn") {
			t.Errorf("%s: %s, the fact base has %s %s", r["series"], v, r["value"], r["measure"])
		}
		if _, over, _ := strings.Cut(r["measure"], "over "); over != "" && !strings.HasPrefix(over, strconv.Itoa(v.Amount.Years)+" ") {
			t.Errorf("%s: over %d years, the fact base has %s", r["series"], v.Amount.Years, over)
		}
	}
	if seen != len(asks) {
		t.Errorf("%d of %d rows are in the fact base", seen, len(asks))
	}
}
