package keystore

import "io/fs"

// checkPrivate has nothing to check here: Windows has no mode bits, and the
// user's profile, where the keystore stands, is closed to other users by the
// access list that it inherits.
func checkPrivate(string, fs.FileInfo, fs.FileMode) error { return nil }

// checkIdentityFile is checkFile: there are no credentials of systemd here.
func checkIdentityFile(path string, info fs.FileInfo) error { return checkFile(path, info) }

// syncFolder does nothing: the replacing call already writes through.
func syncFolder(string) error { return nil }
