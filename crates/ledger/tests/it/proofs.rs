//! The tree against RFC 6962's own definitions and published roots.

use ledger::{
    Hash,
    tree::{Growth, InclusionProof, Prover, Tile, Tree, consistency_holds, inclusion_holds},
};

/// The eight inputs of the Certificate Transparency reference tests.
const INPUTS: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];
/// The roots of the trees of the first 1 to 8 of them.
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap()).collect()
}

/// RFC 6962 2.1, word for word.
fn mth(leaves: &[Hash]) -> Hash {
    match leaves.len() {
        0 => Hash::of(b""),
        1 => leaves[0],
        n => {
            let mut k = 1;
            while k * 2 < n {
                k *= 2;
            }
            Hash::node(&mth(&leaves[..k]), &mth(&leaves[k..]))
        }
    }
}

struct Grown {
    tree: Tree,
    tiles: Vec<Tile>,
    leaves: Vec<Hash>,
}

fn grow(size: u64) -> Grown {
    let mut grown = Grown { tree: Tree::default(), tiles: Vec::new(), leaves: Vec::new() };
    for n in 0..size {
        let leaf = Hash::leaf(&n.to_be_bytes());
        grown.leaves.push(leaf);
        let tiles = &mut grown.tiles;
        grown.tree.push(leaf, |tile| tiles.push(tile));
    }
    grown
}

impl Grown {
    fn tile(&self, level: u32, index: u64) -> Result<Vec<Hash>, String> {
        let found = self.tiles.iter().find(|tile| (tile.level, tile.index) == (level, index));
        found.map(|tile| tile.hashes.clone()).ok_or_else(|| format!("no tile {level}/{index}"))
    }

    fn inclusion(&self, seq: u64, size: u64) -> InclusionProof {
        let tiles = |level, index| self.tile(level, index);
        Prover { tree: &self.tree, tiles }.inclusion(seq, size).unwrap()
    }

    fn consistency(&self, old: u64, new: u64) -> Vec<Hash> {
        let tiles = |level, index| self.tile(level, index);
        Prover { tree: &self.tree, tiles }.consistency(old, new).unwrap()
    }
}

#[test]
fn the_reference_roots() {
    let mut tree = Tree::default();
    assert_eq!(
        tree.root().hex(),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    for (input, root) in INPUTS.iter().zip(ROOTS) {
        tree.push(Hash::leaf(&unhex(input)), |_| {});
        assert_eq!(tree.root().hex(), root, "size {}", tree.size());
    }
}

/// RFC 6962's reference path of leaf 0 in the tree of 8, and of 2 in 3 to 8.
#[test]
fn a_reference_path() {
    let mut tree = Tree::default();
    for input in INPUTS {
        tree.push(Hash::leaf(&unhex(input)), |_| {});
    }
    let none = |_, _| Err::<Vec<Hash>, ()>(());
    let path = Prover { tree: &tree, tiles: none }.inclusion(0, 8).unwrap().path;
    let wanted = [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ];
    assert_eq!(path.iter().map(Hash::hex).collect::<Vec<_>>(), wanted);
}

#[test]
fn every_proof_of_every_size_to_300_holds_and_no_other() {
    let grown = grow(300);
    let roots: Vec<Hash> = (0..=300).map(|size| mth(&grown.leaves[..size])).collect();
    assert_eq!(grown.tree.root(), roots[300]);
    for size in 1..=300_u64 {
        let root = roots[usize::try_from(size).unwrap()];
        for seq in 0..size {
            let proof = grown.inclusion(seq, size);
            assert_eq!(proof.root, root);
            let leaf = &grown.leaves[usize::try_from(seq).unwrap()];
            assert!(inclusion_holds(leaf, &proof), "{seq} in {size}");
            let other = InclusionProof { seq: (seq + 1) % size, ..proof.clone() };
            assert!(size == 1 || !inclusion_holds(leaf, &other), "{seq} in {size}");
            if let Some((_, shorter)) = proof.path.split_last() {
                let cut = InclusionProof { path: shorter.to_vec(), ..proof };
                assert!(!inclusion_holds(leaf, &cut));
            }
        }
    }
}

#[test]
fn every_growth_to_300_is_consistent_and_no_other() {
    let grown = grow(300);
    let roots: Vec<Hash> = (0..=300).map(|size| mth(&grown.leaves[..size])).collect();
    let root = |size: u64| roots[usize::try_from(size).unwrap()];
    for new in 1..=300_u64 {
        for old in 1..=new {
            let path = grown.consistency(old, new);
            let growth = Growth { old, old_root: root(old), new, new_root: root(new) };
            assert!(consistency_holds(&growth, &path), "{old} to {new}");
            let forked = Growth { old_root: root(old - 1), ..growth };
            assert!(!consistency_holds(&forked, &path), "{old} to {new}");
            if old < new {
                assert!(!consistency_holds(&growth, &path[1..]), "{old} to {new}");
            }
        }
    }
    assert!(!consistency_holds(
        &Growth { old: 0, old_root: root(0), new: 3, new_root: root(3) },
        &[]
    ));
}

/// The tiles that the C2SP tlog-tiles page counts for a log of 70,000 leaves.
#[test]
fn tiles_of_seventy_thousand() {
    let grown = grow(70_000);
    let of_level = |level| grown.tiles.iter().filter(|tile| tile.level == level).count();
    assert_eq!((of_level(0), of_level(1), of_level(2)), (273, 1, 0));
    for (seq, size) in [(0, 70_000), (69_999, 70_000), (65_535, 65_537), (65_536, 70_000)] {
        let proof = grown.inclusion(seq, size);
        assert!(inclusion_holds(&grown.leaves[usize::try_from(seq).unwrap()], &proof));
        assert_eq!(proof.root, mth(&grown.leaves[..usize::try_from(size).unwrap()]));
    }
}

/// Another program's tree of the same kind, over 10,000 numbers and sizes.
#[test]
fn ct_merkle_makes_the_same_proofs() {
    let mut other = ct_merkle::mem_backed_tree::MemoryBackedTree::<sha2::Sha256, Vec<u8>>::new();
    let mut grown = grow(0);
    let mut random = 88_172_645_463_325_252_u64;
    let bytes = |path: &[Hash]| path.iter().flat_map(|hash| hash.0).collect::<Vec<u8>>();
    for size in 1..=1000_u64 {
        let leaf = (size - 1).to_be_bytes();
        other.push(leaf.to_vec());
        let tiles = &mut grown.tiles;
        grown.tree.push(Hash::leaf(&leaf), |tile| tiles.push(tile));
        assert_eq!(&grown.tree.root().0[..], &other.root().as_bytes()[..], "size {size}");
        for _ in 0..10 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let seq = random % size;
            let index = usize::try_from(seq).unwrap();
            let theirs = other.prove_inclusion(index);
            assert_eq!(bytes(&grown.inclusion(seq, size).path), theirs.as_bytes());
            let added = usize::try_from(size - seq - 1).unwrap();
            let theirs = other.prove_consistency(added);
            assert_eq!(bytes(&grown.consistency(seq + 1, size)), theirs.as_bytes());
        }
    }
}
