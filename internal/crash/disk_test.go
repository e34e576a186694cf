//go:build unix

package crash

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// sector is what a disk writes as one piece.
const sector = 512

// disk is what a disk would hold while a story was written to it: what has
// been made to last, and what is still on its way.
type disk struct {
	root  string
	names map[string]*inode // as the program sees them
	kept  map[string]*inode // names that last
	moved []change          // changes of names that do not last yet
	ends  map[string]int64  // where the next write of an open file goes
}

// inode is a file, whatever its names.
type inode struct {
	kept []byte // what lasts
	late []op   // writes and cuts that do not last yet
}

// change is one of a name: to a file, or away.
type change struct {
	name string
	to   *inode
}

func newDisk(root string) *disk {
	return &disk{root: root, names: map[string]*inode{}, kept: map[string]*inode{}, ends: map[string]int64{}}
}

// name is a path as the disk has it.
func (d *disk) name(path string) string {
	rel, _ := strings.CutPrefix(strings.TrimSuffix(path, " (deleted)"), d.root)
	return strings.TrimPrefix(rel, "/")
}

func (d *disk) rename(name string, to *inode) {
	if to == nil {
		delete(d.names, name)
	} else {
		d.names[name] = to
	}
	d.moved = append(d.moved, change{name, to})
}

// play does what the program did.
func (d *disk) play(o op) {
	name, file := d.name(o.Path), d.names[d.name(o.Path)]
	if o.Done == "fail" {
		if strings.HasSuffix(o.Call, "sync") && file != nil {
			file.late = nil // the system takes it for written, and it never is
		}
		return
	}
	switch o.Call {
	case "open", "openat":
		d.open(name, file, o.Flags)
	case "unlink", "unlinkat":
		if file != nil {
			d.rename(name, nil)
		}
	case "rename", "renameat", "renameat2":
		if file != nil {
			d.rename(d.name(o.To), file)
			d.rename(name, nil)
		}
	case "link", "linkat":
		if to := d.name(o.To); file != nil && d.names[to] == nil {
			d.rename(to, file)
		}
	case "fsync", "fdatasync":
		if file != nil {
			file.settle()
		} else {
			d.keepNames(name)
		}
	case "write":
		o.Offset = d.ends[name]
		d.ends[name] += int64(len(o.Data))
		fallthrough
	default:
		if file != nil {
			file.late = append(file.late, o)
		}
	}
}

func (d *disk) open(name string, file *inode, flags int64) {
	d.ends[name] = 0
	switch {
	case file == nil && flags&syscall.O_CREAT != 0:
		d.rename(name, &inode{})
	case file != nil && flags&syscall.O_TRUNC != 0:
		file.late = append(file.late, op{Call: "ftruncate"})
	}
}

// keepNames makes the names in a folder last.
func (d *disk) keepNames(folder string) {
	d.moved = slices.DeleteFunc(d.moved, func(c change) bool {
		mine := filepath.Dir(c.name) == filepath.Clean(folder)
		if mine {
			keep(d.kept, c)
		}
		return mine
	})
}

func keep(names map[string]*inode, c change) {
	if c.to == nil {
		delete(names, c.name)
	} else {
		names[c.name] = c.to
	}
}

// settle makes all of a file last.
func (f *inode) settle() {
	for _, o := range f.late {
		f.kept = apply(f.kept, o)
	}
	f.late = nil
}

// now is a file as the program sees it.
func (f *inode) now() []byte {
	data := slices.Clone(f.kept)
	for _, o := range f.late {
		data = apply(data, o)
	}
	return data
}

func apply(data []byte, o op) []byte {
	if o.Call == "ftruncate" {
		if o.Length <= int64(len(data)) {
			clear(data[o.Length:]) // should it grow again
			return data[:o.Length]
		}
		return append(data, make([]byte, o.Length-int64(len(data)))...)
	}
	if end := o.Offset + int64(len(o.Data)); end > int64(len(data)) {
		data = append(data, make([]byte, end-int64(len(data)))...)
	}
	copy(data[o.Offset:], o.Data)
	return data
}

// killed is what a kill leaves: everything, since the system lives on.
func (d *disk) killed() map[string][]byte {
	files := map[string][]byte{}
	for name, f := range d.names {
		files[name] = f.now()
	}
	return files
}

// cut is what may be there when the power is gone: what was made to last, and
// of the rest any part, in any order, in whole sectors. One cut in four keeps
// nothing of it.
func (d *disk) cut(by *dice) map[string][]byte {
	bare := by.in(4)
	names := maps.Clone(d.kept)
	if !bare {
		for _, c := range d.moved[:by.IntN(len(d.moved)+1)] { // names are changed in their order
			keep(names, c)
		}
	}
	files, done := map[string][]byte{}, map[*inode][]byte{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		f := names[name]
		if _, known := done[f]; !known {
			done[f] = f.cut(by, bare)
		}
		files[name] = done[f]
	}
	return files
}

func (f *inode) cut(by *dice, bare bool) []byte {
	data := slices.Clone(f.kept)
	if bare {
		return data
	}
	late := slices.Clone(f.late)
	odds := 1 + by.IntN(8) // how likely a write is lost, one in so many
	if by.in(2) {
		late = late[:by.IntN(len(late)+1)]
	} else if by.in(2) {
		by.Shuffle(len(late), func(i, j int) { late[i], late[j] = late[j], late[i] })
	}
	for i, o := range late {
		switch {
		case o.Call == "ftruncate" && by.in(2), by.in(odds + 1):
		case o.Call != "ftruncate" && (i == len(late)-1 || by.in(6)):
			data = torn(data, o, by)
		default:
			data = apply(data, o)
		}
	}
	return data
}

// torn writes some sectors of a write and leaves the others.
func torn(data []byte, o op, by *dice) []byte {
	for at := int64(0); at < int64(len(o.Data)); {
		end := min(int64(len(o.Data)), at+sector-(o.Offset+at)%sector)
		if by.in(2) {
			data = apply(data, op{Call: o.Call, Offset: o.Offset + at, Data: o.Data[at:end]})
		}
		at = end
	}
	return data
}

// image writes files into a new folder.
func image(files map[string][]byte) (dir string, err error) {
	if dir, err = os.MkdirTemp(workshop, "image-"); err != nil {
		return "", err
	}
	for name, data := range files {
		if strings.HasSuffix(name, "-shm") || strings.HasSuffix(name, ".reserve") {
			continue // no part of what is kept
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			return dir, err
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			return dir, err
		}
	}
	return dir, nil
}
