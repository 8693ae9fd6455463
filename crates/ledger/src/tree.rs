//! The Merkle tree of RFC 6962 over the leaves, cut into tiles of 256 hashes (C2SP tlog-tiles).
//!
//! A [`Tree`] holds the right edge only: what is not yet a full tile, on every level. Full tiles
//! lie in the store and are fetched when a proof needs them.

use crate::hash::Hash;

/// Hashes in a full tile, and the height of tree that one tile spans (2^8 = 256).
pub const TILE_WIDTH: usize = 256;
const TILE_HEIGHT: u32 = 8;

/// One full tile: 256 hashes of height `8 * level`, number `index` on its level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    pub level: u32,
    pub index: u64,
    pub hashes: Vec<Hash>,
}

impl Tile {
    /// The hashes one after the other, 8,192 bytes, as a tile file holds them.
    pub fn bytes(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(|hash| hash.0).collect()
    }

    /// Reads the bytes back. `None` unless they are exactly 256 hashes.
    pub fn hashes_of(bytes: &[u8]) -> Option<Vec<Hash>> {
        (bytes.len() == TILE_WIDTH * 32)
            .then(|| bytes.chunks_exact(32).filter_map(Hash::from_slice).collect())
    }
}

/// The right edge of a growing tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    /// Roots of the complete subtrees that the tree falls into, largest first, with heights.
    frontier: Vec<(u32, Hash)>,
    /// Per level the hashes that do not yet fill a tile.
    edges: Vec<Vec<Hash>>,
}

impl Tree {
    /// How many leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf. A tile that it filled goes to `filled`.
    pub fn push(&mut self, leaf: Hash, mut filled: impl FnMut(Tile)) {
        self.size += 1;
        self.push_edge(0, leaf, &mut filled);
        let (mut height, mut hash) = (0, leaf);
        while let Some((left_height, left)) = self.frontier.last().copied() {
            if left_height != height {
                break;
            }
            self.frontier.pop();
            hash = Hash::node(&left, &hash);
            height += 1;
            if height.is_multiple_of(TILE_HEIGHT) {
                self.push_edge(height / TILE_HEIGHT, hash, &mut filled);
            }
        }
        self.frontier.push((height, hash));
    }

    fn push_edge(&mut self, level: u32, hash: Hash, filled: &mut impl FnMut(Tile)) {
        let place = level as usize;
        if self.edges.len() <= place {
            self.edges.resize_with(place + 1, Vec::new);
        }
        self.edges[place].push(hash);
        if self.edges[place].len() == TILE_WIDTH {
            let hashes = std::mem::take(&mut self.edges[place]);
            filled(Tile { level, index: self.full_tiles(level) - 1, hashes });
        }
    }

    /// How many full tiles there are on `level`.
    pub fn full_tiles(&self, level: u32) -> u64 {
        self.size.checked_shr(TILE_HEIGHT.saturating_mul(level.saturating_add(1))).unwrap_or(0)
    }

    /// The root; of the empty tree, SHA-256 of nothing.
    pub fn root(&self) -> Hash {
        let mut roots = self.frontier.iter().rev().map(|(_, hash)| *hash);
        let Some(last) = roots.next() else { return Hash::of(b"") };
        roots.fold(last, |right, left| Hash::node(&left, &right))
    }

    /// The frontier's hashes one after the other, largest subtree first; with the size it is all
    /// that is needed to go on.
    pub fn frontier_bytes(&self) -> Vec<u8> {
        self.frontier.iter().flat_map(|(_, hash)| hash.0).collect()
    }
}

/// The root of the whole is `root`, and the leaf at `seq` is in it by `path` (RFC 6962 2.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionProof {
    pub seq: u64,
    pub size: u64,
    pub root: Hash,
    pub path: Vec<Hash>,
}

/// A tree with the means to fetch its full tiles: what proofs are made from. `tiles` is asked for
/// full tiles only.
pub struct Prover<'t, F> {
    pub tree: &'t Tree,
    pub tiles: F,
}

impl<E, F: FnMut(u32, u64) -> Result<Vec<Hash>, E>> Prover<'_, F> {
    /// The inclusion proof of leaf `seq` in the tree of the first `size` leaves, `seq < size`,
    /// `size` not beyond the tree.
    pub fn inclusion(&mut self, seq: u64, size: u64) -> Result<InclusionProof, E> {
        let (mut start, mut end) = (0, size);
        let mut path = Vec::new();
        while end - start > 1 {
            let middle = start + split(end - start);
            if seq < middle {
                path.push(self.range(middle, end)?);
                end = middle;
            } else {
                path.push(self.range(start, middle)?);
                start = middle;
            }
        }
        path.reverse();
        Ok(InclusionProof { seq, size, root: self.range(0, size)?, path })
    }

    /// The consistency proof between the trees of `old` and `new` leaves (RFC 6962 2.1.2),
    /// `0 < old <= new`, `new` not beyond the tree. Empty for equal sizes.
    pub fn consistency(&mut self, old: u64, new: u64) -> Result<Vec<Hash>, E> {
        let (mut start, mut end) = (0, new);
        let mut path = Vec::new();
        // SUBPROOF of RFC 6962, unrolled: `old` shrinks with the subtree that holds its end.
        while old != end {
            let middle = start + split(end - start);
            if old <= middle {
                path.push(self.range(middle, end)?);
                end = middle;
            } else {
                path.push(self.range(start, middle)?);
                start = middle;
            }
        }
        if start > 0 {
            path.push(self.range(start, end)?);
        }
        path.reverse();
        Ok(path)
    }

    /// The root of the first `size` leaves.
    pub fn root(&mut self, size: u64) -> Result<Hash, E> {
        self.range(0, size)
    }

    /// The first `width` hashes of tile `index` on `level`; `None` when the tree is not that far.
    pub fn tile(&mut self, level: u32, index: u64, width: usize) -> Result<Option<Vec<Hash>>, E> {
        let full = self.tree.full_tiles(level);
        let mut hashes = if index < full {
            (self.tiles)(level, index)?
        } else {
            let edge = self.tree.edges.get(level as usize).filter(|_| index == full);
            edge.cloned().unwrap_or_default()
        };
        if hashes.len() < width {
            return Ok(None);
        }
        hashes.truncate(width);
        Ok(Some(hashes))
    }

    /// The hash over leaves `start..end`, where `start` is a multiple of the largest subtree.
    fn range(&mut self, start: u64, end: u64) -> Result<Hash, E> {
        let width = end - start;
        if width == 0 {
            return Ok(Hash::of(b""));
        }
        if width.is_power_of_two() {
            return self.subtree(width.trailing_zeros(), start / width);
        }
        let middle = start + split(width);
        let left = self.range(start, middle)?;
        let right = self.range(middle, end)?;
        Ok(Hash::node(&left, &right))
    }

    /// The root of the complete subtree of `height`, number `index` among its like.
    fn subtree(&mut self, height: u32, index: u64) -> Result<Hash, E> {
        let level = height / TILE_HEIGHT;
        let within = height % TILE_HEIGHT;
        let first = index << within;
        let (tile, count) = (first / 256, 1_usize << within);
        // The remainder is below 256, so it fits.
        let offset = usize::try_from(first % 256).unwrap_or(0);
        if tile < self.tree.full_tiles(level) {
            let hashes = (self.tiles)(level, tile)?;
            return Ok(fold(&hashes[offset..offset + count]));
        }
        Ok(fold(&self.tree.edges[level as usize][offset..offset + count]))
    }
}

/// The largest power of two below `width`, `width > 1`.
fn split(width: u64) -> u64 {
    1 << (width - 1).ilog2()
}

/// The root over a power-of-two run of hashes.
fn fold(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => Hash::of(b""),
        [one] => *one,
        more => {
            let (left, right) = more.split_at(more.len() / 2);
            Hash::node(&fold(left), &fold(right))
        }
    }
}

/// Whether `proof` shows that a leaf with hash `leaf` stands at `proof.seq` (RFC 9162 2.1.3.2).
pub fn inclusion_holds(leaf: &Hash, proof: &InclusionProof) -> bool {
    if proof.seq >= proof.size {
        return false;
    }
    let (mut node, mut last) = (proof.seq, proof.size - 1);
    let mut hash = *leaf;
    for side in &proof.path {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = Hash::node(side, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = Hash::node(&hash, side);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == proof.root
}

/// Two sizes of one log with their roots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    pub old: u64,
    pub old_root: Hash,
    pub new: u64,
    pub new_root: Hash,
}

/// Whether `path` shows that the older tree is the beginning of the newer (RFC 9162 2.1.4.2).
/// An old size of 0 proves nothing and is refused.
pub fn consistency_holds(growth: &Growth, path: &[Hash]) -> bool {
    let Growth { old, old_root, new, new_root } = *growth;
    if old == 0 || old > new {
        return false;
    }
    if old == new {
        return path.is_empty() && old_root == new_root;
    }
    let mut steps = path.iter();
    let first = if old.is_power_of_two() { Some(&old_root) } else { steps.next() };
    let Some(first) = first else { return false };
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut old_hash, mut new_hash) = (*first, *first);
    for step in steps {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            old_hash = Hash::node(step, &old_hash);
            new_hash = Hash::node(step, &new_hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = Hash::node(&new_hash, step);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == old_root && new_hash == new_root
}
