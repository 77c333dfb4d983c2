//! What a cache is trusted with: never a wrong answer, whatever stands in its files.

use std::fs;

use tempfile::TempDir;

use super::*;

fn site() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

fn slot(number: u32) -> Key {
    key(&[&number.to_le_bytes()])
}

/// The cache of a site with this many entries: in slot `n` the text of `n`, under the check of `n`.
fn filled(site: &TempDir, count: u32) -> Cache {
    let cache = open(site);
    (0..count).for_each(|number| cache.posts.put(slot(number), slot(number), number.to_string().into_bytes()));
    cache.save(&cache.posts, true);
    assert_eq!(cache.take_notes(), Vec::<String>::new());
    cache
}

fn open(site: &TempDir) -> Cache {
    Cache::open(site.path(), key(&[b"settings"]))
}

fn get(cache: &Cache, number: u32) -> Option<String> {
    cache.posts.get(slot(number), slot(number), |bytes| Some(String::from_utf8_lossy(bytes).into_owned()))
}

/// The files of the only store of posts.
fn files(site: &TempDir) -> Vec<PathBuf> {
    let folder = site.path().join(folder::NAME);
    let entries = fs::read_dir(folder).expect("it is there").map(|entry| entry.expect("readable").path());
    let posts = entries.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).expect("readable"));
    let mut files: Vec<PathBuf> = posts.map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    files
}

#[test]
fn what_was_put_in_is_found_by_the_next_run() {
    let site = site();
    filled(&site, 300);
    let cache = open(&site);
    for number in 0..300 {
        assert_eq!(get(&cache, number), Some(number.to_string()));
    }
    assert_eq!(get(&cache, 300), None);
    assert_eq!(cache.posts.get(slot(1), slot(2), |_| Some(())), None, "another content in the slot");
}

#[test]
fn a_later_value_takes_the_slot() {
    let site = site();
    filled(&site, 3);
    let cache = open(&site);
    cache.posts.put(slot(1), slot(9), b"new".to_vec());
    assert_eq!(get(&cache, 1), None);
    cache.save(&cache.posts, false);
    let cache = open(&site);
    assert_eq!(get(&cache, 1), None);
    assert_eq!(cache.posts.get(slot(1), slot(9), |bytes| Some(bytes.to_vec())), Some(b"new".to_vec()));
    assert_eq!(get(&cache, 2), Some("2".to_owned()));
}

#[test]
fn a_complete_run_forgets_what_nobody_asked_for() {
    let site = site();
    filled(&site, 300);
    let cache = open(&site);
    (0..100).for_each(|number| assert!(get(&cache, number).is_some()));
    // Only files with something new are written at all.
    (1000..1300).for_each(|number| cache.posts.put(slot(number), slot(number), vec![]));
    cache.save(&cache.posts, true);
    let cache = open(&site);
    assert!((0..100).all(|number| get(&cache, number).is_some()));
    assert!((100..300).filter(|number| get(&cache, *number).is_some()).count() < 50);
}

#[test]
fn other_settings_find_nothing_and_do_no_harm() {
    let site = site();
    filled(&site, 10);
    let other = Cache::open(site.path(), key(&[b"other settings"]));
    assert_eq!(get(&other, 1), None);
    other.posts.put(slot(1), slot(1), b"other".to_vec());
    other.save(&other.posts, true);
    assert_eq!(get(&open(&site), 1), Some("1".to_owned()));
}

#[test]
fn results_of_old_settings_are_removed_in_the_end() {
    let site = site();
    for number in 0..2 * KEPT_STAMPS as u32 {
        let cache = Cache::open(site.path(), slot(number));
        cache.posts.put(slot(1), slot(1), vec![]);
        cache.save(&cache.posts, true);
    }
    let folder = fs::read_dir(site.path().join(folder::NAME)).expect("it is there");
    let kept = folder.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().is_dir())).count();
    assert_eq!(kept, KEPT_STAMPS);
}

#[test]
fn a_damaged_file_is_told_of_and_made_anew() {
    let site = site();
    filled(&site, 1);
    let file = files(&site).pop().expect("there is one");
    let whole = fs::read(&file).expect("readable");
    let cut = (0..whole.len()).map(|at| whole[..at].to_vec());
    let changed = (0..whole.len()).map(|at| {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        bytes
    });
    let foreign = [b"{\"version\": 9}".to_vec(), whole.repeat(2), vec![0; 4096]];
    for bytes in cut.chain(changed).chain(foreign) {
        fs::write(&file, &bytes).expect("written");
        let cache = open(&site);
        assert_eq!(get(&cache, 0), None, "{bytes:?}");
        cache.save(&cache.posts, true);
        let notes = cache.take_notes();
        assert!(notes.len() == 1 && notes[0].contains("is no cache of copydesk, or it is damaged"), "{notes:?}");
    }
    filled(&site, 1);
    assert_eq!(get(&open(&site), 0), Some("0".to_owned()));
}

#[test]
fn what_cannot_be_written_is_a_note() {
    let site = site();
    fs::write(site.path().join(folder::NAME), "a file").expect("written");
    let cache = open(&site);
    assert_eq!(get(&cache, 1), None);
    cache.posts.put(slot(1), slot(1), vec![]);
    cache.save(&cache.posts, true);
    let notes = cache.take_notes();
    assert!(notes.iter().any(|note| note.contains("cannot write the cache")), "{notes:?}");
    assert_eq!(fs::read(site.path().join(folder::NAME)).expect("readable"), b"a file");
}

#[test]
fn writers_at_once_leave_whole_files() {
    let site = site();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| filled(&site, 500));
        }
    });
    let cache = open(&site);
    assert!((0..500).all(|number| get(&cache, number) == Some(number.to_string())));
    cache.save(&cache.posts, true);
    assert_eq!(cache.take_notes(), Vec::<String>::new());
}

#[test]
fn a_lock_keeps_others_out_until_it_is_dropped() {
    let site = site();
    let held = folder::lock(site.path()).expect("it can be made").expect("free");
    let second = fs::File::options().append(true).open(site.path().join("lock")).expect("there");
    assert!(matches!(second.try_lock(), Err(fs::TryLockError::WouldBlock)));
    assert!(folder::lock(site.path()).expect("it is there").is_none(), "it is waited for, and then not");
    drop(held);
    assert!(second.try_lock().is_ok());
}

#[test]
fn cleaning_removes_what_runs_make_and_nothing_else() {
    let site = site();
    let folder = site.path().join(folder::NAME);
    assert_eq!(folder::remove(&folder).expect("nothing to do"), None);
    filled(&site, 10);
    fs::write(folder.join("links.jsonl"), "{}").expect("written");
    assert!(
        fs::read(folder.join("CACHEDIR.TAG"))
            .expect("there")
            .starts_with(b"Signature: 8a477f597d28d172789f06886806bc55")
    );
    let removed = folder::remove(&folder).expect("removed").expect("it was there");
    assert!(removed.others == 0 && removed.bytes > 0 && !folder.exists());
    filled(&site, 10);
    fs::write(folder.join("notes.md"), "mine").expect("written");
    assert_eq!(folder::remove(&folder).expect("removed").map(|removed| removed.others), Some(1));
    assert_eq!(fs::read(folder.join("notes.md")).expect("there"), b"mine");
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_folder_is_not_followed_by_cleaning() {
    let (site, other) = (site(), site());
    fs::create_dir(other.path().join("posts-1")).expect("made");
    std::os::unix::fs::symlink(other.path(), site.path().join(folder::NAME)).expect("linked");
    assert!(folder::remove(&site.path().join(folder::NAME)).is_err());
    assert!(other.path().join("posts-1").exists());
}
