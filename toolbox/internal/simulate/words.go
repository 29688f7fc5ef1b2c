package simulate

import (
	"os"
	"strconv"
	"strings"
)

// word is one word of a command line; literal parts (in single quotes) are not expanded.
type word struct {
	text    string
	literal bool
	quoted  bool
}

func (w word) isOperator() bool {
	return !w.quoted && (w.text == ";" || w.text == "&&" || w.text == "||")
}

// split cuts a line into words by the shell's rules for quotes, as far as the
// simulated shell needs them.
func split(text string) ([]word, error) {
	var words []word
	var current strings.Builder
	started, literal, quoted := false, false, false
	end := func() {
		if started {
			words = append(words, word{current.String(), literal, quoted})
		}
		current.Reset()
		started, literal, quoted = false, false, false
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '\'', '"':
			close := strings.IndexByte(text[i+1:], c)
			if close < 0 {
				return nil, errQuote
			}
			current.WriteString(text[i+1 : i+1+close])
			started, quoted, literal = true, true, literal || c == '\''
			i += close + 1
		case '\\':
			if i+1 < len(text) {
				i++
				current.WriteByte(text[i])
				started, quoted = true, true
			}
		case ' ', '\t':
			end()
		case '\n', ';':
			end()
			words = append(words, word{text: ";"})
		case '&', '|':
			if i+1 < len(text) && text[i+1] == c {
				end()
				words = append(words, word{text: string([]byte{c, c})})
				i++
				continue
			}
			current.WriteByte(c)
			started = true
		default:
			current.WriteByte(c)
			started = true
		}
	}
	end()
	return words, nil
}

// expand puts in the values of variables.
func (s *shell) expand(words []word) []string {
	expanded := make([]string, 0, len(words))
	for _, w := range words {
		if w.literal {
			expanded = append(expanded, w.text)
			continue
		}
		expanded = append(expanded, os.Expand(w.text, func(name string) string {
			if name == "?" {
				return strconv.Itoa(s.last)
			}
			return s.env[name]
		}))
	}
	return expanded
}
