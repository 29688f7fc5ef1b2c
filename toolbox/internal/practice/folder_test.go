package practice

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSameFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	open, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	if !sameFile(open, path) {
		t.Error("the file that was just made counts as another")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if sameFile(open, path) {
		t.Error("a deleted file counts as there")
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if sameFile(open, path) {
		t.Error("another file of the same name counts as the one that is open")
	}
}
