package practice

import (
	"context"
	"os"
	"time"
)

// folderCheck is how often a supervisor looks whether its folder is still there.
const folderCheck = 2 * time.Second

// endWithFolder stops the cluster when somebody deleted its folder: nobody could
// find it again, and its programs would stay for ever.
func (s *supervisor) endWithFolder(ctx context.Context) {
	tick := time.NewTicker(folderCheck)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if !sameFile(s.lock.File, s.files.path("lock")) {
				s.requestStop()
				return
			}
		}
	}
}

// sameFile tells whether the path still leads to the open file. A file that can
// be neither found nor looked at counts as gone; any other trouble does not.
func sameFile(open *os.File, path string) bool {
	mine, err := open.Stat()
	if err != nil {
		return true
	}
	there, err := os.Stat(path)
	if os.IsNotExist(err) {
		return false
	}
	return err != nil || os.SameFile(mine, there)
}
