// Checks an exported log with the Go team's packages for logs and notes; nothing of ours is in it.
//
//	check DIR VKEY                        the tiles, the entries and the checkpoint agree
//	check DIR VKEY old NOTE REQUEST       and the log has grown out of NOTE, as REQUEST proves too
//	check DIR VKEY proof PROOF            and PROOF shows an entry of it
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type reader struct{ dir string }

func (r reader) Height() int                          { return 8 }
func (r reader) SaveTiles(tiles []tlog.Tile, data [][]byte) {}
func (r reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.TrimPrefix(tile.Path(), "tile/8/")
		bytes, err := os.ReadFile(filepath.Join(r.dir, "tile", path))
		if err != nil {
			return nil, err
		}
		all = append(all, bytes)
	}
	return all, nil
}

func must(err error) {
	if err != nil {
		fmt.Println("REFUSED:", err)
		os.Exit(1)
	}
}

func read(path string) string {
	bytes, err := os.ReadFile(path)
	must(err)
	return string(bytes)
}

func hash(text string) (h tlog.Hash) {
	bytes, err := base64.StdEncoding.DecodeString(text)
	must(err)
	if copy(h[:], bytes) != len(h) {
		must(fmt.Errorf("not a hash: %s", text))
	}
	return h
}

func hashes(lines []string) (all []tlog.Hash) {
	for _, line := range lines {
		all = append(all, hash(line))
	}
	return all
}

func open(text, vkey string) tlog.Tree {
	verifier, err := note.NewVerifier(vkey)
	must(err)
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		must(fmt.Errorf("the origin is %s", lines[0]))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	return tlog.Tree{N: size, Hash: hash(lines[2])}
}

// entries compares each leaf with the hash in its tile, which is compared with the root.
func entries(dir string, tree tlog.Tree, hashReader tlog.HashReader) {
	for at := int64(0); at < tree.N; at += 256 {
		width := 256
		if tree.N-at < 256 {
			width = int(tree.N - at)
		}
		tile := tlog.Tile{H: 8, L: 0, N: at / 256, W: width}
		path := strings.TrimPrefix(tile.Path(), "tile/8/0/")
		bundle := []byte(read(filepath.Join(dir, "tile/entries", path)))
		var indexes []int64
		for i := 0; i < width; i++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, at+int64(i)))
		}
		known, err := hashReader.ReadHashes(indexes)
		must(err)
		for i := 0; i < width; i++ {
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				must(fmt.Errorf("entry %d is cut", at+int64(i)))
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			if tlog.RecordHash(bundle[2:end]) != known[i] {
				must(fmt.Errorf("entry %d does not match", at+int64(i)))
			}
			bundle = bundle[end:]
		}
		if len(bundle) != 0 {
			must(fmt.Errorf("bytes after entry %d", at+int64(width)-1))
		}
	}
}

func main() {
	dir, vkey := os.Args[1], os.Args[2]
	tree := open(read(filepath.Join(dir, "checkpoint")), vkey)
	hashReader := tlog.TileHashReader(tree, reader{dir})
	entries(dir, tree, hashReader)
	if len(os.Args) == 6 {
		old := open(read(os.Args[4]), vkey)
		proof, err := tlog.ProveTree(tree.N, old.N, hashReader)
		must(err)
		must(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
		own, checkpoint, _ := strings.Cut(read(os.Args[5]), "\n\n")
		lines := strings.Split(own, "\n")
		if lines[0] != fmt.Sprintf("old %d", old.N) || open(checkpoint, vkey) != tree {
			must(fmt.Errorf("the request is of other trees"))
		}
		must(tlog.CheckTree(hashes(lines[1:]), tree.N, tree.Hash, old.N, old.Hash))
	}
	if len(os.Args) == 5 {
		own, checkpoint, _ := strings.Cut(read(os.Args[4]), "\n\n")
		lines := strings.Split(own, "\n")
		index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
		must(err)
		known, leaf := open(checkpoint, vkey), hash(strings.TrimPrefix(lines[1], "extra "))
		stored, err := hashReader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		must(err)
		if stored[0] != leaf {
			must(fmt.Errorf("entry %d is another", index))
		}
		must(tlog.CheckRecord(hashes(lines[3:]), known.N, known.Hash, index, leaf))
	}
	fmt.Println("HOLDS:", tree.N)
}
