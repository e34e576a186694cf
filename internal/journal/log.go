package journal

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"os"
)

// The write-ahead log as https://sqlite.org/fileformat2.html#walformat has it.
const (
	logMagic    = 0x377f0682 // and 1 more when its checksums are big-endian
	logHeader   = 32
	frameHeader = 24
	largestPage = 65536
)

// versionInLog is the schema's version in the newest first page of a
// write-ahead log, or the one given if the log holds none. Only what SQLite
// itself would take from the log counts: frames with the right checksum, up to
// the last commit. What a power cut tore behind them is no newer program's.
func versionInLog(path string, version uint32) (uint32, error) {
	f, err := os.Open(path)
	if err != nil {
		return version, err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<16)
	head := make([]byte, logHeader)
	if _, err := io.ReadFull(r, head); err != nil {
		return version, nil // not even a header: SQLite ignores such a log too
	}
	size, sum := binary.BigEndian.Uint32(head[8:]), newLogSum(head)
	if size < headerSize || size > largestPage || !sum.add(head[:24]).is(head[24:]) {
		return version, nil
	}
	frame := make([]byte, frameHeader+size)
	for next := version; ; {
		if _, err := io.ReadFull(r, frame); err != nil {
			return version, nil
		}
		if !bytes.Equal(frame[8:16], head[16:24]) { // salts of an older log
			return version, nil
		}
		if !sum.add(frame[:8]).add(frame[frameHeader:]).is(frame[16:]) {
			return version, nil
		}
		if binary.BigEndian.Uint32(frame) == 1 {
			next = binary.BigEndian.Uint32(frame[frameHeader+versionAt:])
		}
		if binary.BigEndian.Uint32(frame[4:]) != 0 { // a commit
			version = next
		}
	}
}

// logSum is the running checksum of a log.
type logSum struct {
	order binary.ByteOrder
	a, b  uint32
}

// newLogSum begins a checksum in the byte order that the log's header names.
func newLogSum(head []byte) *logSum {
	if binary.BigEndian.Uint32(head) == logMagic+1 {
		return &logSum{order: binary.BigEndian}
	}
	return &logSum{order: binary.LittleEndian}
}

// add goes on over p, whose length is a multiple of 8.
func (s *logSum) add(p []byte) *logSum {
	for ; len(p) >= 8; p = p[8:] {
		s.a += s.order.Uint32(p) + s.b
		s.b += s.order.Uint32(p[4:]) + s.a
	}
	return s
}

// is compares with a checksum as the log holds it.
func (s *logSum) is(held []byte) bool {
	return binary.BigEndian.Uint32(held) == s.a && binary.BigEndian.Uint32(held[4:]) == s.b
}
