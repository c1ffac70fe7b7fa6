package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// Finding is one thing that does not hold.
type Finding struct {
	Code   string `json:"code"`
	Index  *int64 `json:"index,omitempty"`
	Detail string `json:"detail,omitempty"`
}

// Answer is what the command prints.
type Answer struct {
	Holds     bool      `json:"holds"`
	Origin    string    `json:"origin"`
	Size      int64     `json:"size"`
	Root      string    `json:"root"`
	Exercise  bool      `json:"exercise"`
	Cosigners []string  `json:"cosigners"`
	Findings  []Finding `json:"findings"`
	Acts      []ActLine `json:"acts"`
}

func main() {
	var seen []string
	bare := false
	var dirs []string
	args := os.Args[1:]
	for i := 0; i < len(args); i++ {
		switch {
		case args[i] == "-bare":
			bare = true
		case args[i] == "-kinds" && len(args) == 1:
			out, _ := json.Marshal(kindLines())
			fmt.Println(string(out))
			return
		case args[i] == "-seen" && i+1 < len(args):
			i++
			seen = append(seen, args[i])
		default:
			dirs = append(dirs, args[i])
		}
	}
	if len(dirs) != 1 {
		fmt.Fprintln(os.Stderr, "usage: verifier-go [-bare] [-seen FILE]... DIR | -kinds")
		os.Exit(2)
	}
	answer, err := verify(dirs[0], seen, bare)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	out, _ := json.Marshal(answer)
	fmt.Println(string(out))
	if !answer.Holds {
		os.Exit(1)
	}
}

func verify(dir string, seen []string, bare bool) (*Answer, error) {
	head, err := openHead(dir)
	if err != nil {
		return nil, err
	}
	answer := &Answer{Origin: head.origin, Size: head.size, Root: hexOf(head.root[:]), Cosigners: head.cosigners}
	leaves, findings := readLog(dir, head.size)
	answer.Findings = findings
	if leaves != nil {
		tree := newTree(leaves)
		answer.Findings = append(answer.Findings, tree.compare(dir, head)...)
		answer.Findings = append(answer.Findings, tree.compareSeen(head, seen)...)
		answer.Findings = append(answer.Findings, tree.checkProofs(dir, head)...)
		if !bare {
			state := newState(tree)
			answer.Findings = append(answer.Findings, state.replay(leaves)...)
			answer.Acts = state.actLines()
			answer.Exercise = state.exercise
			answer.Findings = append(answer.Findings, state.checkReseals(leaves)...)
			answer.Findings = append(answer.Findings, state.checkLogKey(head)...)
			answer.Findings = append(answer.Findings, state.checkPolicy(dir, head)...)
		}
	}
	if answer.Findings == nil {
		answer.Findings = []Finding{}
	}
	if answer.Acts == nil {
		answer.Acts = []ActLine{}
	}
	answer.Holds = len(answer.Findings) == 0
	return answer, nil
}

func at(code string, index int64, detail string) Finding {
	return Finding{Code: code, Index: &index, Detail: detail}
}
