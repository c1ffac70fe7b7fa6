package main

import (
	"errors"
	"math"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maximumDepth   = 32
	maximumInteger = 1<<53 - 1
)

// Refusal is why a leaf has no place in the log, by a stable code.
type Refusal struct {
	Code   string
	Detail string
}

func (r *Refusal) Error() string { return r.Code + ": " + r.Detail }

func refuse(code, detail string) *Refusal { return &Refusal{code, detail} }

// object keeps members by name; values are string, int64, bool, nil, []interface{} or object.
type object map[string]interface{}

// parseCanonical accepts exactly the RFC 8785 form, integers within 2^53, NFC text free of control, reordering and
// invisible characters, and at most 32 levels.
func parseCanonical(data []byte, limit int) (interface{}, *Refusal) {
	if len(data) > limit {
		return nil, refuse("json.too-long", strconv.Itoa(len(data)))
	}
	if !utf8.Valid(data) {
		return nil, refuse("utf8.malformed", "")
	}
	if deep(string(data)) {
		return nil, refuse("json.too-deep", "")
	}
	p := &parser{text: string(data)}
	value, err := p.value()
	if err != nil || p.at != len(p.text) {
		if p.duplicate {
			return nil, refuse("json.duplicate-name", "")
		}
		return nil, refuse("json.malformed", "")
	}
	if p.duplicate {
		return nil, refuse("json.duplicate-name", "")
	}
	if p.fraction || canonical(value) != p.text {
		return nil, refuse("json.not-canonical", "")
	}
	if refusal := checkValue(value); refusal != nil {
		return nil, refusal
	}
	return value, nil
}

func deep(text string) bool {
	depth, inString := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inString && c == '\\':
			i++
		case inString:
			inString = c != '"'
		case c == '"':
			inString = true
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		}
		if depth > maximumDepth {
			return true
		}
	}
	return false
}

type parser struct {
	text      string
	at        int
	duplicate bool
	fraction  bool
}

var errSyntax = errors.New("syntax")

func (p *parser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *parser) take(token string) bool {
	p.space()
	if strings.HasPrefix(p.text[p.at:], token) {
		p.at += len(token)
		return true
	}
	return false
}

func (p *parser) value() (interface{}, error) {
	p.space()
	if p.at >= len(p.text) {
		return nil, errSyntax
	}
	var value interface{}
	var err error
	switch c := p.text[p.at]; {
	case c == '{':
		value, err = p.object()
	case c == '[':
		value, err = p.array()
	case c == '"':
		value, err = p.str()
	case p.take("true"):
		value = true
	case p.take("false"):
		value = false
	case p.take("null"):
		value = nil
	default:
		value, err = p.number()
	}
	if err == nil {
		p.space()
	}
	return value, err
}

func (p *parser) object() (interface{}, error) {
	p.at++
	members := object{}
	if p.take("}") {
		return members, nil
	}
	for {
		p.space()
		if p.at >= len(p.text) || p.text[p.at] != '"' {
			return nil, errSyntax
		}
		name, err := p.str()
		if err != nil || !p.take(":") {
			return nil, errSyntax
		}
		if _, known := members[name]; known {
			p.duplicate = true
		}
		if members[name], err = p.value(); err != nil {
			return nil, err
		}
		if p.take("}") {
			return members, nil
		}
		if !p.take(",") {
			return nil, errSyntax
		}
	}
}

func (p *parser) array() (interface{}, error) {
	p.at++
	items := []interface{}{}
	if p.take("]") {
		return items, nil
	}
	for {
		item, err := p.value()
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		if p.take("]") {
			return items, nil
		}
		if !p.take(",") {
			return nil, errSyntax
		}
	}
}

func (p *parser) str() (string, error) {
	p.at++
	var out strings.Builder
	for p.at < len(p.text) {
		c := p.text[p.at]
		switch {
		case c == '"':
			p.at++
			return out.String(), nil
		case c < 0x20:
			return "", errSyntax
		case c != '\\':
			out.WriteByte(c)
			p.at++
		default:
			if err := p.escape(&out); err != nil {
				return "", err
			}
		}
	}
	return "", errSyntax
}

func (p *parser) escape(out *strings.Builder) error {
	if p.at+1 >= len(p.text) {
		return errSyntax
	}
	c := p.text[p.at+1]
	if at := strings.IndexByte(`"\/bfnrt`, c); at >= 0 {
		out.WriteByte("\"\\/\b\f\n\r\t"[at])
		p.at += 2
		return nil
	}
	first, err := p.hex(p.at)
	if c != 'u' || err != nil {
		return errSyntax
	}
	p.at += 6
	if utf16.IsSurrogate(rune(first)) {
		second, err := p.hex(p.at)
		if err == nil && utf16.DecodeRune(rune(first), rune(second)) != utf8.RuneError {
			p.at += 6
			out.WriteRune(utf16.DecodeRune(rune(first), rune(second)))
			return nil
		}
		// A lone half has no UTF-8 form, so nothing canonical ever holds one.
		p.fraction = true
		return nil
	}
	out.WriteRune(rune(first))
	return nil
}

func (p *parser) hex(at int) (uint64, error) {
	if at+6 > len(p.text) || p.text[at] != '\\' || p.text[at+1] != 'u' {
		return 0, errSyntax
	}
	return strconv.ParseUint(p.text[at+2:at+6], 16, 16)
}

func (p *parser) number() (interface{}, error) {
	start := p.at
	for p.at < len(p.text) && strings.IndexByte("+-0123456789.eE", p.text[p.at]) >= 0 {
		p.at++
	}
	text := p.text[start:p.at]
	if text == "" {
		return nil, errSyntax
	}
	whole, err := strconv.ParseInt(text, 10, 64)
	if err == nil && whole <= maximumInteger && whole >= -maximumInteger && strconv.FormatInt(whole, 10) == text {
		return whole, nil
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return nil, errSyntax
	}
	return fractional(formatNumber(value)), nil
}

// fractional is a number that is no safe integer, as RFC 8785 writes it.
type fractional string

// formatNumber writes a double as ECMAScript does.
func formatNumber(value float64) string {
	size := math.Abs(value)
	if size == 0 {
		return "0"
	}
	if size >= 1e-6 && size < 1e21 {
		return strconv.FormatFloat(value, 'f', -1, 64)
	}
	text := strconv.FormatFloat(value, 'e', -1, 64)
	return strings.NewReplacer("e-0", "e-", "e+0", "e+").Replace(text)
}

func canonical(value interface{}) string {
	var out strings.Builder
	write(&out, value)
	return out.String()
}

func write(out *strings.Builder, value interface{}) {
	switch v := value.(type) {
	case nil:
		out.WriteString("null")
	case bool:
		out.WriteString(strconv.FormatBool(v))
	case int64:
		out.WriteString(strconv.FormatInt(v, 10))
	case fractional:
		out.WriteString(string(v))
	case string:
		writeString(out, v)
	case []interface{}:
		out.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				out.WriteByte(',')
			}
			write(out, item)
		}
		out.WriteByte(']')
	case object:
		out.WriteByte('{')
		for i, name := range v.names() {
			if i > 0 {
				out.WriteByte(',')
			}
			writeString(out, name)
			out.WriteByte(':')
			write(out, v[name])
		}
		out.WriteByte('}')
	}
}

// names sorts as RFC 8785 does: by UTF-16 code units.
func (o object) names() []string {
	names := make([]string, 0, len(o))
	for name := range o {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		a, b := utf16.Encode([]rune(names[i])), utf16.Encode([]rune(names[j]))
		for k := 0; k < len(a) && k < len(b); k++ {
			if a[k] != b[k] {
				return a[k] < b[k]
			}
		}
		return len(a) < len(b)
	})
	return names
}

func writeString(out *strings.Builder, text string) {
	out.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			out.WriteByte('\\')
			out.WriteRune(r)
		case r == '\b':
			out.WriteString(`\b`)
		case r == '\f':
			out.WriteString(`\f`)
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\r':
			out.WriteString(`\r`)
		case r == '\t':
			out.WriteString(`\t`)
		case r < 0x20:
			const digits = "0123456789abcdef"
			out.WriteString(`\u00`)
			out.WriteByte(digits[r>>4])
			out.WriteByte(digits[r&15])
		default:
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
}

func checkValue(value interface{}) *Refusal {
	switch v := value.(type) {
	case int64:
		if v > maximumInteger || v < -maximumInteger {
			return refuse("json.number", strconv.FormatInt(v, 10))
		}
	case fractional:
		return refuse("json.number", string(v))
	case string:
		return checkText(v)
	case []interface{}:
		for _, item := range v {
			if refusal := checkValue(item); refusal != nil {
				return refusal
			}
		}
	case object:
		for _, name := range v.names() {
			if refusal := checkText(name); refusal != nil {
				return refusal
			}
			if refusal := checkValue(v[name]); refusal != nil {
				return refusal
			}
		}
	}
	return nil
}

func checkText(text string) *Refusal {
	for _, r := range text {
		if (r < 0x20 && r != '\t' && r != '\n') || (r >= 0x7f && r <= 0x9f) {
			return refuse("json.control-character", strconv.QuoteRune(r))
		}
	}
	for _, r := range text {
		if (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069) || r == 0x200b || r == 0x2060 || r == 0xfeff {
			return refuse("json.bidi-control", strconv.QuoteRune(r))
		}
	}
	if !norm.NFC.IsNormalString(text) {
		return refuse("json.not-nfc", "")
	}
	return nil
}
