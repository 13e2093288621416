package show

import "fmt"

// ends are the two ends of a range with a word or a dash between them. They are empty
// where both print alike: 2–2 says no more than the number it stands behind.
func ends(low, to, high string) string {
	if low == high {
		return ""
	}
	return low + to + high
}

// behind puts the ends of a range in brackets behind a number, which stands alone where
// they are empty.
func behind(number, open, ends, closing string) string {
	if ends == "" {
		return number
	}
	return number + open + ends + closing
}

// counted is a share with what it was counted from and the ends of its 95 % interval.
func counted(share string, count, of int, ends string) string {
	return share + " (" + behind(fmt.Sprintf("%d of %d", count, of), "; 95 %: ", ends, "") + ")"
}
