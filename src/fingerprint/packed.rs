//! Lists of numbers as bytes: how sketches and the like are kept. `#[serde(with = "packed")]` on a field that holds some.

use serde::de::{Error as _, Visitor};
use serde::{Deserializer, Serializer};

use super::minima::{BINS, Minima};

/// A list of numbers of one width, lowest byte first.
pub trait Packed: Sized {
    /// The bytes of all numbers.
    fn pack(&self) -> Vec<u8>;
    /// The numbers again; `None` of bytes that are not theirs.
    fn unpack(bytes: &[u8]) -> Option<Self>;
}

impl Packed for Box<[u64]> {
    fn pack(&self) -> Vec<u8> {
        self.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks();
        rest.is_empty().then(|| numbers.iter().copied().map(u64::from_le_bytes).collect())
    }
}

impl Packed for Box<[u8]> {
    fn pack(&self) -> Vec<u8> {
        self.to_vec()
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        Some(bytes.into())
    }
}

impl Packed for Box<[u16]> {
    fn pack(&self) -> Vec<u8> {
        self.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks();
        rest.is_empty().then(|| numbers.iter().copied().map(u16::from_le_bytes).collect())
    }
}

impl Packed for Box<Minima> {
    fn pack(&self) -> Vec<u8> {
        self.0.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        let numbers: [[u8; 2]; BINS] = bytes.as_chunks().0.try_into().ok()?;
        (bytes.len() == 2 * BINS).then(|| Box::new(Minima(numbers.map(u16::from_le_bytes))))
    }
}

/// Writes the numbers as bytes.
///
/// # Errors
/// When the serializer does.
pub fn serialize<S: Serializer>(numbers: &impl Packed, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(&numbers.pack())
}

/// Reads the numbers from bytes.
///
/// # Errors
/// When these are no bytes, or not those of such numbers.
pub fn deserialize<'de, T: Packed, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Bytes<T>(std::marker::PhantomData<T>);
    impl<T: Packed> Visitor<'_> for Bytes<T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("numbers as bytes")
        }

        fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<T, E> {
            T::unpack(bytes).ok_or_else(|| E::custom("not of this width"))
        }
    }
    deserializer.deserialize_bytes(Bytes(std::marker::PhantomData)).map_err(D::Error::custom)
}
