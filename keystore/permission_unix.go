//go:build unix

package keystore

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// checkPrivate refuses permissions looser than most and another owner than
// the user who runs the program.
func checkPrivate(path string, info fs.FileInfo, most fs.FileMode) error {
	if info.Mode().Perm()&^most != 0 {
		return fault(ErrOpenAccess,
			fmt.Sprintf("%s can be read or changed by others (mode %04o)", path, info.Mode().Perm()),
			fmt.Sprintf("chmod %03o %s", most, quoted(path)))
	}
	if owner := ownerOf(info); owner != os.Getuid() {
		return fault(ErrOpenAccess, fmt.Sprintf("%s belongs to user %d, not to user %d who runs cashdesk", path, owner, os.Getuid()),
			"run cashdesk as the user who made the keystore")
	}
	return nil
}

// checkIdentityFile is checkFile, but for a credential that systemd handed
// over: that belongs to root and is opened to the service by an ACL, which
// shows as the group's read permission.
func checkIdentityFile(path string, info fs.FileInfo) error {
	credentials := os.Getenv("CREDENTIALS_DIRECTORY")
	if credentials == "" || !strings.HasPrefix(filepath.Clean(path), filepath.Clean(credentials)+string(filepath.Separator)) {
		return checkFile(path, info)
	}
	if !info.Mode().IsRegular() || info.Mode().Perm()&^0o440 != 0 {
		return fault(ErrOpenAccess, path+" is not a credential as systemd makes one", "use LoadCredential= in the unit")
	}
	if owner := ownerOf(info); owner != 0 && owner != os.Getuid() {
		return fault(ErrOpenAccess, path+" belongs to another user", "use LoadCredential= in the unit")
	}
	return nil
}

func ownerOf(info fs.FileInfo) int {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return -1
	}
	return int(stat.Uid)
}

// quoted makes a path safe to paste into a shell.
func quoted(path string) string {
	if strings.IndexFunc(path, func(r rune) bool {
		return !strings.ContainsRune("/._-", r) && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// syncFolder makes a replaced file survive a power cut.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
